import { describe, expect, it } from 'vitest';
import type { Listener } from '../../../functions/core/ports/load-balancing.ts';
import type { ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import { chooseListener } from '../../../functions/core/rolling/choose-listener.ts';
import { countAnswers } from '../../../functions/core/rolling/count-answers.ts';
import { decideRolloutEnding } from '../../../functions/core/rolling/decide-rollout-ending.ts';
import { findOwnRollout } from '../../../functions/core/rolling/find-own-rollout.ts';
import { judgeAnswers } from '../../../functions/core/rolling/judge-answers.ts';
import { release } from '../../support/builders/releases.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';
import { rollout } from '../../support/fakes/fake-service-deployments.ts';

const listener = (protocol: Listener['protocol'], port: number): Listener => ({
  listenerArn: `${protocol}:${port}`,
  protocol,
  port,
  host: 'shop.example',
  forwardings: [],
});

describe('chooseListener', () => {
  it.each([
    [['HTTP:80', 'HTTPS:8443', 'HTTPS:443'], 'HTTPS:443'],
    [['HTTP:80', 'HTTPS:8443'], 'HTTPS:8443'],
    [['HTTP:8080', 'HTTP:80'], 'HTTP:80'],
    [['HTTP:9000', 'HTTP:8080'], 'HTTP:8080'],
  ])('of %s takes %s', (all, chosen) => {
    const listeners = all.map((one) => {
      const [protocol, port] = one.split(':');
      return listener(protocol === 'HTTPS' ? 'HTTPS' : 'HTTP', Number(port));
    });
    expect(chooseListener(listeners)?.listenerArn).toBe(chosen);
    expect(chooseListener(listeners.toReversed())?.listenerArn).toBe(chosen);
  });

  it('takes none of none', () => {
    expect(chooseListener([])).toBeUndefined();
  });
});

describe('countAnswers', () => {
  const from = (version: string, status = 200): ProbeResponse => ({
    kind: 'response',
    status,
    headers: { 'x-release': version },
    body: '',
    durationMs: 1,
  });

  it('tells answers apart by the header, whatever its case in the configuration', () => {
    const counted = countAnswers(
      { v1: { requests: 5, errors: 1 } },
      [from('v1'), from('v2', 503), answered(200), unanswered()],
      'X-Release',
    );
    expect(counted).toEqual({
      v1: { requests: 6, errors: 1 },
      v2: { requests: 1, errors: 1 },
      unnamed: { requests: 2, errors: 1 },
    });
  });

  it('tells nothing apart without a header, and keeps few names', () => {
    expect(Object.keys(countAnswers({}, [from('v1'), from('v2')], undefined))).toEqual(['unnamed']);
    const many = Array.from({ length: 30 }, (_, at) => from(`request-${at}`));
    const counted = countAnswers({}, many, 'x-release');
    expect(counted.others).toEqual({ requests: 20, errors: 0 });
  });
});

describe('judgeAnswers', () => {
  const request = { method: 'GET', url: 'http://shop.example/' };
  it.each([
    [[200, 500], 'pass'],
    [[200, 500, 503], 'fail'],
    [[404], 'pass'],
    [[], 'inconclusive'],
  ])('of %s: %s', (statuses, verdict) => {
    expect(
      judgeAnswers(
        request,
        statuses.map((status) => answered(status)),
      ).verdict,
    ).toBe(verdict);
  });

  it('counts silence as no good answer', () => {
    expect(judgeAnswers(request, [answered(200), unanswered(), unanswered()]).verdict).toBe('fail');
  });
});

describe('findOwnRollout', () => {
  const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);
  const ours = rollout().taskDefinitionArn;
  const attempt = { taskDefinitionArn: ours, startedAtMs: at('12:00:00') };

  it.each([
    ['one of this attempt, even rolled back', 'ROLLBACK_SUCCESSFUL', '12:00:30', ours, true],
    ['one of another task definition', 'IN_PROGRESS', '12:00:30', 'other:1', false],
    ['an earlier one that goes forward', 'IN_PROGRESS', '11:00:00', ours, true],
    ['an earlier one that goes back', 'ROLLBACK_IN_PROGRESS', '11:00:00', ours, false],
    ['an earlier one that was rolled back', 'ROLLBACK_SUCCESSFUL', '11:00:00', ours, false],
    ['the newest, which succeeded before', 'SUCCESSFUL', '11:00:00', ours, true],
  ])('%s', (_, status, time, taskDefinitionArn, found) => {
    const known = [rollout({ status, createdAtMs: at(time), taskDefinitionArn })];
    expect(findOwnRollout(known, attempt)).toBe(found ? known[0] : undefined);
  });

  it('leaves one that succeeded before something else came', () => {
    const succeeded = rollout({ status: 'SUCCESSFUL', createdAtMs: at('11:00:00') });
    const newer = rollout({ taskDefinitionArn: 'other:1', createdAtMs: at('11:30:00') });
    expect(findOwnRollout([newer, succeeded], attempt)).toBeUndefined();
  });
});

describe('decideRolloutEnding', () => {
  const ended = (status: string) => ({ rollout: rollout({ status }), stoppedTasks: [] });
  it.each([
    ['SUCCESSFUL', 'deployed', undefined],
    ['STOPPED', 'failed', 'DeploymentFailed'],
    ['ROLLBACK_FAILED', 'failed', 'RollbackFailed'],
  ])('%s without a way back: %s %s', (status, outcome, error) => {
    const ending = decideRolloutEnding(ended(status), release());
    expect(ending).toMatchObject({ outcome, ...(error && { error }) });
  });

  it('says of a release that nobody proved that nobody did', () => {
    const story = { ...ended('SUCCESSFUL'), unproven: 'execution x was stopped' };
    expect(decideRolloutEnding(story, release()).reason).toMatch(
      /succeeded, not proven to the end: execution x was stopped$/,
    );
  });

  it('never calls a way back without evidence good (promise P3)', () => {
    const story = { ...ended('ROLLBACK_SUCCESSFUL'), back: { checks: [] } };
    expect(decideRolloutEnding(story, release())).toMatchObject({ error: 'RollbackFailed' });
  });

  it('names the alarms that rang', () => {
    const rolled = rollout({ status: 'STOPPED', triggeredAlarmNames: ['shop-5xx'] });
    expect(decideRolloutEnding({ rollout: rolled, stoppedTasks: [] }, release()).reason).toMatch(
      /in ALARM: shop-5xx$/,
    );
  });
});
