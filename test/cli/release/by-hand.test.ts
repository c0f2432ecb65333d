import { describe, expect, it } from 'vitest';
import { followByHand, startByHand } from '../../../cli/release/follow-by-hand.ts';
import { handExecutionName, handInput, inWords } from '../../../cli/release/hand-input.ts';
import { executionNameRule } from '../../../functions/core/events/text-rules.ts';
import { executionAt, prepareFollower } from './fake-account.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const to = (text: string) => ({ flag: '--to', text });
const configured = () => 'team/shop';
const nobodyAsks = (): string => {
  throw new Error('the configuration was read');
};

describe('handInput', () => {
  it('asks for the release before when no image is named, without a configuration', () => {
    expect(handInput('shop', undefined, nobodyAsks)).toEqual({
      service: 'shop',
      action: 'rollback',
    });
  });

  it.each([
    ['v12', 'team/shop:v12'],
    [digest, `team/shop@${digest}`],
  ])('finds the repository of %s in the configuration', (text, image) => {
    expect(handInput('shop', to(text), configured)).toEqual({ service: 'shop', image });
  });

  it.each(['other/shop:v12', `other/shop@${digest}`])('takes %s as it is', (text) => {
    expect(handInput('shop', to(text), nobodyAsks)).toEqual({ service: 'shop', image: text });
  });

  it.each(['team/shop@sha256:abc', 'team/shop:v1@v2', ''])('refuses "%s" in one line', (text) => {
    expect(() => handInput('shop', to(text), configured)).toThrow(
      `--to takes TAG, sha256:…, REPOSITORY:TAG or REPOSITORY@sha256:…, got "${text}"`,
    );
  });

  it('refuses what is no name of a service', () => {
    expect(() => handInput('my shop', undefined, configured)).toThrow(
      '--service takes the name of a service of at most 32 letters, digits, hyphens and underscores, got "my shop"',
    );
  });
});

describe('inWords', () => {
  it('says what is going to happen', () => {
    expect(inWords({ service: 'shop', action: 'rollback' })).toBe(
      'roll shop back to the release before the one that runs',
    );
    expect(inWords({ service: 'shop', image: 'team/shop:v1' })).toBe(
      'release team/shop:v1 to shop',
    );
  });
});

describe('handExecutionName', () => {
  it('is one that Step Functions takes, also for the longest service', () => {
    const name = handExecutionName('s'.repeat(32), Date.UTC(2026, 8, 1, 10), '0a1b2c3d');
    expect(name).toBe(`${'s'.repeat(32)}-by-hand-20260901T100000Z-0a1b2c3d`);
    expect(name).toMatch(executionNameRule.pattern);
  });
});

describe('a release by hand', () => {
  const input = { service: 'shop', action: 'rollback' } as const;
  const nowMs = Date.UTC(2026, 8, 1, 10);

  it('starts an execution of its own and follows that one to its end', async () => {
    const { account, deps } = prepareFollower((now) => {
      const [running] = now.all.splice(0);
      if (running === undefined) throw new Error('nothing was started');
      const output = { outcome: 'refused', reason: 'Nothing to go back to' };
      now.all.push({ ...running, status: 'SUCCEEDED', output: JSON.stringify(output) });
    });
    const names: string[] = [];
    const started = await startByHand(input, {
      ...{ stateMachineArn: account.stateMachineArn, nowMs, random: '0a1b2c3d' },
      workflow: {
        async startExecution({ name, input: given }) {
          names.push(name);
          account.all.push(
            executionAt(nowMs, { executionName: name, input: JSON.stringify(given) }),
          );
          return 'started';
        },
      },
    });
    expect(started).toEqual({
      executionName: 'shop-by-hand-20260901T100000Z-0a1b2c3d',
      executionArn: `arn:aws:states:eu-west-1:111122223333:execution:greengate-deploy:${names[0]}`,
    });
    const { followed, report } = await followByHand(input, started, 60_000, deps);
    expect(followed.kind).toBe('ended');
    expect(report).toMatchObject({ ...started, input, outcome: 'refused' });
    expect(report).not.toHaveProperty('digest');
  });

  it('names the execution also when it is not over in time', async () => {
    const { account, deps } = prepareFollower();
    account.all.push(executionAt(nowMs, { input: JSON.stringify(input) }));
    const [{ executionArn, executionName } = { executionArn: '', executionName: '' }] = account.all;
    const { report } = await followByHand(input, { executionArn, executionName }, 20_000, deps);
    expect(report).toMatchObject({ outcome: 'timed-out', executionName, executionArn });
  });
});
