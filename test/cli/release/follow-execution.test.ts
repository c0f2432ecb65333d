import { describe, expect, it } from 'vitest';
import { followExecution } from '../../../cli/release/follow-execution.ts';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import {
  executionAt,
  executionName,
  type FakeAccount,
  prepareFollower,
  request,
} from './fake-account.ts';

const nowMs = Date.parse('2026-09-01T10:00:00.000Z');
const untilMs = nowMs + 3_600_000;
const pushKey = 'pushes/event-1/shop.json';
const finding = {
  check: 'image-exists',
  title: 'The image is there',
  warnOnly: false,
  status: 'OK',
};

const state = (name: string) => ({ name, atMs: nowMs });
const enter =
  (...names: string[]) =>
  (account: FakeAccount) => {
    account.progressNow = { ...account.progressNow, states: names.map(state) };
  };
const end = (change: Parameters<typeof executionAt>[1]) => (account: FakeAccount) => {
  account.all.splice(0, 1, executionAt(nowMs, { endedAtMs: nowMs + 60_000, ...change }));
};
const recorded = (outcome: string, reason: string) => ({
  ...request,
  executionName,
  redriveCount: 0,
  outcome,
  reason,
});

describe('followExecution', () => {
  it('tells every state, finding, lifecycle event and check once, and ends with the recorded outcome', async () => {
    const { account, deps, told } = prepareFollower(
      enter('ResolveRelease', 'Preflight'),
      (now) => {
        now.documents.set('pushes/event-1/preflight/shop.json', {
          executionName,
          redriveCount: 0,
          findings: [finding],
        });
        enter('ResolveRelease', 'Preflight', 'RunDeployment')(now);
        now.progressNow = { ...now.progressNow, deploymentId: 'd-1' };
        now.target = targetOf('InProgress');
      },
      (now) => {
        now.documents.set('deployments/d-1/hooks/AfterAllowTestTraffic.json', hookReport());
        now.target = targetOf('Failed');
      },
      (now) => {
        now.documents.set(pushKey, recorded('rolled-back', 'Rolled back: because'));
        end({
          status: 'FAILED',
          error: 'DeploymentRolledBack',
          cause: '{"sentence":"other words"}',
        })(now);
      },
    );
    account.all.push(executionAt(nowMs));
    const followed = await followExecution(executionAt(nowMs), untilMs, deps);
    expect(followed).toMatchObject({
      kind: 'ended',
      end: { outcome: 'rolled-back', reason: 'Rolled back: because' },
      findings: [finding],
      hooks: [hookReport()],
    });
    expect(told.map((news) => ('name' in news ? `${news.kind} ${news.name}` : news.kind))).toEqual([
      'state ResolveRelease',
      'state Preflight',
      'preflight',
      'state RunDeployment',
      'deployment',
      'lifecycle AfterAllowTestTraffic',
      'lifecycle AfterAllowTestTraffic',
      'hook',
    ]);
  });

  it('waits a minute for the record of an execution that was stopped, whose rollback still runs', async () => {
    const { account, deps } = prepareFollower(
      end({ status: 'ABORTED' }),
      () => undefined,
      (now) => now.documents.set(pushKey, recorded('rolled-back', 'Rolled back: stopped')),
    );
    account.all.push(executionAt(nowMs));
    const followed = await followExecution(executionAt(nowMs), untilMs, deps);
    expect(followed).toMatchObject({
      end: { outcome: 'rolled-back', reason: 'Rolled back: stopped' },
    });
  });

  it('ends with what the execution says when no record of it ever comes', async () => {
    const { account, clock, deps } = prepareFollower();
    account.all.push(
      executionAt(nowMs, { status: 'ABORTED', error: 'Operator', cause: 'wrong tag' }),
    );
    const followed = await followExecution(executionAt(nowMs), untilMs, deps);
    expect(followed).toMatchObject({
      end: {
        outcome: 'failed',
        reason: `Execution ${executionName} was stopped: Operator: wrong tag`,
      },
    });
    expect(clock.now() - nowMs).toBe(60_000);
  });

  it('does not take the record of the run before a redrive for that of this one', async () => {
    const { account, deps } = prepareFollower();
    account.documents.set(pushKey, recorded('rolled-back', 'Rolled back: before the redrive'));
    const output = JSON.stringify({ outcome: 'deployed', reason: 'Deployed: all of it' });
    account.all.push(executionAt(nowMs, { status: 'SUCCEEDED', redriveCount: 1, output }));
    expect(await followExecution(executionAt(nowMs), untilMs, deps)).toMatchObject({
      end: { outcome: 'deployed', reason: 'Deployed: all of it' },
    });
  });

  it('goes on after a lost connection where it was', async () => {
    const { account, deps, told } = prepareFollower(
      (now) => {
        enter('ResolveRelease', 'Preflight')(now);
        now.failures.push(new TransientAwsError('reset'));
      },
      end({ status: 'SUCCEEDED', output: '{"outcome":"superseded","reason":"newer"}' }),
    );
    enter('ResolveRelease')(account);
    account.all.push(executionAt(nowMs));
    const followed = await followExecution(executionAt(nowMs), untilMs, deps);
    expect(followed).toMatchObject({ end: { outcome: 'superseded', reason: 'newer' } });
    expect(told.map(({ kind }) => kind)).toEqual([
      'state',
      'connection-lost',
      'connection-back',
      'state',
    ]);
  });

  it('ends the waiting, not the release, when time is up', async () => {
    const { account, deps } = prepareFollower();
    account.all.push(executionAt(nowMs));
    const { executionArn } = executionAt(nowMs);
    expect(await followExecution({ executionArn }, nowMs + 20_000, deps)).toEqual({
      kind: 'timed-out',
      executionArn,
      afterMs: 20_000,
    });
  });
});

function targetOf(status: string) {
  return {
    lifecycleEvents: [
      { name: 'AfterAllowTestTraffic', status, startedAtMs: nowMs, endedAtMs: undefined },
      {
        name: 'BeforeAllowTraffic',
        status: 'Pending',
        startedAtMs: undefined,
        endedAtMs: undefined,
      },
    ],
    taskSets: [],
  };
}
