import { describe, expect, it } from 'vitest';
import { rollbackExpected } from '../../../functions/core/deployment/rollback-expected.ts';
import {
  failedLifecycleEvent,
  installBegan,
  isTerminal,
  productionTouched,
  trafficMoved,
} from '../../../functions/core/deployment/status.ts';
import { deployment, deploymentTarget } from '../../support/fakes/fake-deployments.ts';

describe('isTerminal', () => {
  it.each([
    ['Created', false],
    ['Queued', false],
    ['InProgress', false],
    ['Baking', false],
    ['Ready', false],
    ['Succeeded', true],
    ['Failed', true],
    ['Stopped', true],
  ])('for %s is %s', (status, terminal) => {
    expect(isTerminal({ status })).toBe(terminal);
  });
});

describe('installBegan', () => {
  it.each<[string, Record<string, string> | undefined, boolean]>([
    ['no target yet', undefined, false],
    ['a failed BeforeInstall', { BeforeInstall: 'Failed', Install: 'Skipped' }, false],
    [
      'a failed BeforeInstall with Install pending',
      { BeforeInstall: 'Failed', Install: 'Pending' },
      false,
    ],
    ['a failed Install', { BeforeInstall: 'Succeeded', Install: 'Failed' }, true],
    ['a failed AfterInstall', { Install: 'Succeeded', AfterInstall: 'Failed' }, true],
  ])('with %s', (_, statuses, began) => {
    expect(installBegan(statuses && deploymentTarget(statuses))).toBe(began);
  });
});

describe('production', () => {
  it.each<[string, Record<string, string> | undefined, boolean, boolean]>([
    ['no target yet', undefined, false, false],
    ['AllowTraffic pending', { AllowTraffic: 'Pending' }, false, false],
    ['AllowTraffic skipped', { AllowTraffic: 'Skipped' }, false, false],
    ['a shift under way', { AllowTraffic: 'InProgress' }, true, false],
    ['a shift that failed', { AllowTraffic: 'Failed' }, true, false],
    ['a shift that is done', { AllowTraffic: 'Succeeded' }, true, true],
  ])('with %s', (_, statuses, touched, moved) => {
    const target = statuses && deploymentTarget(statuses);

    expect(productionTouched(target)).toBe(touched);
    expect(trafficMoved(target)).toBe(moved);
  });
});

describe('failedLifecycleEvent', () => {
  it('is the one whose status is Failed', () => {
    const target = deploymentTarget({ BeforeInstall: 'Succeeded', AfterInstall: 'Failed' });

    expect(failedLifecycleEvent(target)).toBe('AfterInstall');
  });
});

describe('rollbackExpected', () => {
  it('of a stop that asked for it is so whatever the group says', () => {
    const stop = {
      cause: 'execution-stopped',
      sentence: 'stopped',
      requestedAt: '2026-09-01T10:04:00Z',
      evidence: [],
    } as const;
    const quiet = { rollbackEvents: [] };

    expect(rollbackExpected(deployment({ status: 'Stopped', ...quiet }), stop)).toBe(true);
    expect(rollbackExpected(deployment({ status: 'Stopped', ...quiet }))).toBe(false);
    expect(rollbackExpected(deployment({ status: 'Succeeded', ...quiet }), stop)).toBe(false);
  });

  const error = (code: string) => ({ code, message: '' });
  it.each([
    ['a failure', { status: 'Failed' }, ['DEPLOYMENT_FAILURE'], true],
    ['a failure that the group does not roll back', { status: 'Failed' }, [], false],
    [
      'an alarm',
      { status: 'Stopped', error: error('ALARM_ACTIVE') },
      ['DEPLOYMENT_STOP_ON_ALARM'],
      true,
    ],
    [
      'an alarm when only requests are rolled back',
      { status: 'Stopped', error: error('ALARM_ACTIVE') },
      ['DEPLOYMENT_STOP_ON_REQUEST'],
      false,
    ],
    [
      'a stop by a person',
      { status: 'Stopped', error: error('MANUAL_STOP') },
      ['DEPLOYMENT_STOP_ON_REQUEST'],
      true,
    ],
    ['a success', { status: 'Succeeded' }, ['DEPLOYMENT_FAILURE'], false],
    ['a failure that does not say what applies', { status: 'Failed' }, undefined, true],
    ['a success that does not say what applies', { status: 'Succeeded' }, undefined, false],
  ])('after %s', (_, changes, rollbackEvents, expected) => {
    expect(rollbackExpected(deployment({ ...changes, rollbackEvents }))).toBe(expected);
  });
});
