import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../functions/core/checks/check-result.ts';
import { decideEnding } from '../../../functions/core/deployment/decide-ending.ts';
import type { DeploymentStory } from '../../../functions/core/deployment/deployment-record.ts';
import type { StopRequest } from '../../../functions/core/deployment/stop-request.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { release } from '../../support/builders/releases.ts';
import { deployment, deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const hookFailure = {
  code: 'HOOK_EXECUTION_FAILURE',
  message: 'One or more of the lifecycle event validation functions failed.',
};
const check = (verdict: CheckResult['verdict']): CheckResult => ({
  name: 'production listener',
  type: 'listener',
  verdict,
  sentence: 'production listener: expected shop-blue only, got shop-green 100',
  expected: 'shop-blue only',
  observed: 'shop-green 100',
  samples: 1,
  evidence: [],
});
const story = (changes: Partial<DeploymentStory> = {}): DeploymentStory => ({
  deployment: deployment({ status: 'Failed', error: hookFailure }),
  target: deploymentTarget({ Install: 'Succeeded', AfterAllowTestTraffic: 'Failed' }),
  hooks: [hookReport({ verdict: 'fail', sentence: 'GET /products: expected status 200, got 500' })],
  rollback: undefined,
  ...changes,
});
const rollback = (status: string, verdict: CheckResult['verdict']) => ({
  deployment: deployment({ deploymentId: 'd-BBBBBBBB2', status }),
  checks: [check(verdict)],
});

describe('decideEnding', () => {
  it('for a deployment that Succeeded is deployed', () => {
    const ending = decideEnding(
      story({ deployment: deployment({ status: 'Succeeded' }) }),
      release(),
    );

    expect(ending).toEqual({
      outcome: 'deployed',
      reason:
        'Deployed: v2 (sha256:222222222222) serves production of shop, deployment d-AAAAAAAA1 succeeded',
    });
  });

  it('for a verified rollback names event, check, expected and observed', () => {
    expect(decideEnding(story({ rollback: rollback('Succeeded', 'pass') }), release())).toEqual({
      outcome: 'rolled-back',
      error: 'DeploymentRolledBack',
      reason:
        'Rolled back: AfterAllowTestTraffic failed: GET /products: expected status 200, got 500',
    });
  });

  it('for a rollback that Succeeded without passing its verification is a failed rollback', () => {
    expect(decideEnding(story({ rollback: rollback('Succeeded', 'fail') }), release())).toEqual({
      outcome: 'failed',
      error: 'RollbackFailed',
      reason:
        'Rollback failed: d-BBBBBBBB2 Succeeded, but production listener: expected shop-blue only, got shop-green 100; it was to mend: AfterAllowTestTraffic failed: GET /products: expected status 200, got 500',
    });
  });

  it.each(['Failed', 'Stopped'])('for a rollback that %s is a failed rollback', (status) => {
    const ending = decideEnding(story({ rollback: rollback(status, 'pass') }), release());

    expect(ending).toMatchObject({ outcome: 'failed', error: 'RollbackFailed' });
    expect(ending.reason).toContain(`d-BBBBBBBB2 ended as ${status}, expected Succeeded`);
  });

  it('for an inconclusive BeforeInstall says that nothing has changed', () => {
    const ending = decideEnding(
      story({
        target: deploymentTarget({ BeforeInstall: 'Failed', Install: 'Skipped' }),
        hooks: [
          hookReport({
            lifecycleEvent: 'BeforeInstall',
            verdict: 'inconclusive',
            sentence: 'The checks cannot judge the replacement',
          }),
        ],
      }),
      release(),
    );

    expect(ending).toEqual({
      outcome: 'failed',
      error: 'DeploymentFailed',
      reason:
        'Failed before anything changed, so nothing was to be rolled back: BeforeInstall was inconclusive: The checks cannot judge the replacement',
    });
  });

  it('without the rollback that its group is configured to is a missing rollback', () => {
    expect(decideEnding(story(), release())).toEqual({
      outcome: 'failed',
      error: 'RollbackMissing',
      reason:
        'Rollback missing: d-AAAAAAAA1 ended as Failed, expected CodeDeploy to start its rollback, got none; the listeners are where the deployment left them; it was to mend: AfterAllowTestTraffic failed: GET /products: expected status 200, got 500',
    });
  });

  it('without a rollback, in a group that rolls nothing back, says where the listeners are', () => {
    const failed = deployment({ status: 'Failed', error: hookFailure, rollbackEvents: [] });
    const ending = decideEnding(story({ deployment: failed }), release());

    expect(ending).toMatchObject({ outcome: 'failed', error: 'DeploymentFailed' });
    expect(ending.reason).toMatch(
      /^Failed and was not rolled back, as its deployment group is configured, the listeners are/,
    );
  });

  it.each([
    ['by a person, who may have asked for none', [], 'MANUAL_STOP', 'DeploymentFailed'],
    ['by a person', ['DEPLOYMENT_STOP_ON_REQUEST'], 'MANUAL_STOP', 'RollbackMissing'],
    ['by an alarm', ['DEPLOYMENT_STOP_ON_ALARM'], 'ALARM_ACTIVE', 'RollbackMissing'],
    ['by an alarm', ['DEPLOYMENT_STOP_ON_REQUEST'], 'ALARM_ACTIVE', 'DeploymentFailed'],
  ])('of a deployment stopped %s with %j and no rollback', (_, rollbackEvents, code, error) => {
    const ended = deployment({
      status: 'Stopped',
      error: { code, message: 'Stopped.' },
      rollbackEvents,
    });

    expect(decideEnding(story({ deployment: ended }), release())).toMatchObject({ error });
  });

  it('without a hook report quotes the error of CodeDeploy', () => {
    const ending = decideEnding(
      story({ hooks: [], rollback: rollback('Succeeded', 'pass') }),
      release(),
    );

    expect(ending.reason).toBe(
      'Rolled back: AfterAllowTestTraffic failed: HOOK_EXECUTION_FAILURE: One or more of the lifecycle event validation functions failed',
    );
  });

  it('for a stop by an alarm between hooks does not blame a hook that passed', () => {
    const ending = decideEnding(
      story({
        deployment: deployment({
          status: 'Stopped',
          error: { code: 'ALARM_ACTIVE', message: 'One or more alarms have been activated.' },
        }),
        target: deploymentTarget({
          AfterAllowTestTraffic: 'Succeeded',
          AllowTraffic: 'InProgress',
        }),
        hooks: [hookReport({ verdict: 'pass', sentence: 'fine' })],
        rollback: rollback('Succeeded', 'pass'),
      }),
      release(),
    );

    expect(ending.reason).toBe(
      'Rolled back: deployment d-AAAAAAAA1 was stopped: ALARM_ACTIVE: One or more alarms have been activated',
    );
  });

  it('for a stop by a person does not blame the hook that the stop cut short', () => {
    const ending = decideEnding(
      story({
        deployment: deployment({
          status: 'Stopped',
          error: { code: 'MANUAL_STOP', message: 'Stopped by a user.' },
        }),
        target: deploymentTarget({ Install: 'Succeeded', AfterInstall: 'Failed' }),
        hooks: [
          hookReport({
            lifecycleEvent: 'AfterInstall',
            verdict: 'error',
            sentence: 'the event is over',
          }),
        ],
        rollback: rollback('Succeeded', 'pass'),
      }),
      release(),
    );

    expect(ending.reason).toBe(
      'Rolled back: deployment d-AAAAAAAA1 was stopped during AfterInstall: MANUAL_STOP: Stopped by a user',
    );
  });

  describe('of a deployment that Greengate stopped', () => {
    const stopped = deployment({
      status: 'Stopped',
      error: { code: 'MANUAL_STOP', message: 'Stopped.' },
    });
    const stop = (cause: StopRequest['cause']): StopRequest => ({
      cause,
      sentence: 'v3 was pushed while v2 was deployed',
      requestedAt: '2026-09-01T10:04:00Z',
      evidence: [],
    });
    const untouched = deploymentTarget({ BeforeInstall: 'InProgress', Install: 'Pending' });

    it('says its reason instead of the event that the stop cut short', () => {
      const ending = decideEnding(
        story({
          deployment: stopped,
          stop: stop('execution-stopped'),
          rollback: rollback('Succeeded', 'pass'),
        }),
        release(),
      );

      expect(ending).toEqual({
        outcome: 'rolled-back',
        error: 'DeploymentRolledBack',
        reason: 'Rolled back: v3 was pushed while v2 was deployed',
      });
    });

    it.each([
      ['after a verified rollback', { rollback: rollback('Succeeded', 'pass') }],
      ['before anything changed', { target: untouched }],
    ])('is superseded %s when a newer release took its place', (_, changes) => {
      expect(
        decideEnding(
          story({ deployment: stopped, stop: stop('superseded'), ...changes }),
          release(),
        ),
      ).toEqual({
        outcome: 'superseded',
        error: 'ReleaseSuperseded',
        reason: 'v3 was pushed while v2 was deployed',
      });
    });

    it.each([
      ['was not verified', { rollback: rollback('Succeeded', 'fail') }],
      ['failed', { rollback: rollback('Failed', 'pass') }],
    ])('is a failed rollback when the one it asked for %s', (_, changes) => {
      expect(
        decideEnding(
          story({ deployment: stopped, stop: stop('superseded'), ...changes }),
          release(),
        ),
      ).toMatchObject({ outcome: 'failed', error: 'RollbackFailed' });
    });

    it('is judged by its own end when that came before the stop', () => {
      expect(decideEnding(story({ stop: stop('superseded') }), release()).reason).toBe(
        'Rollback missing: d-AAAAAAAA1 ended as Failed, expected CodeDeploy to start its rollback, got none; the listeners are where the deployment left them; it was to mend: AfterAllowTestTraffic failed: GET /products: expected status 200, got 500',
      );
    });
  });
});
