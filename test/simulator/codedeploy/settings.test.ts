import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulator/core/settings.ts';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { foreignRule } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;

/** A deployment whose AfterAllowTestTraffic hook fails, and its rollback deployment. */
async function rolledBack(settings: Partial<Settings>) {
  deploy = createDeploymentFixture(() => {}, settings);
  deploy.onHook = ({ deploymentId, executionId, functionName }) =>
    deploy.model.reportHook(
      deploymentId,
      executionId,
      functionName === 'hook-AfterAllowTestTraffic' ? 'Failed' : 'Succeeded',
    );
  const id = deploy.create();
  await deploy.reached(id, 'Failed');
  await deploy.world.clock.sleep(minute);
  return deploy.model.deployments.get(id).rollback.rollbackDeploymentId ?? '';
}

describe('rollbackHooks', () => {
  it('runs the hooks around the shift back, and no others', async () => {
    const rollbackId = await rolledBack({ rollbackHooks: true });
    const calls = deploy.hookCalls.filter(({ deploymentId }) => deploymentId === rollbackId);
    expect(calls.map(({ functionName }) => functionName)).toEqual([
      'hook-BeforeAllowTraffic',
      'hook-AfterAllowTraffic',
    ]);
    expect(deploy.lifecycle(rollbackId).filter((text) => !text.endsWith('Skipped'))).toEqual([
      'BeforeAllowTraffic Succeeded',
      'AllowTraffic Succeeded',
      'AfterAllowTraffic Succeeded',
    ]);
  });

  it('off, none', async () => {
    const rollbackId = await rolledBack({ rollbackHooks: false });
    expect(deploy.hookCalls.map(({ deploymentId }) => deploymentId)).not.toContain(rollbackId);
  });
});

it.each([
  [true, 'Stopped', 'ALARM_ACTIVE'],
  [false, 'Succeeded', undefined],
] as const)(
  'alarmsInTerminationWait %s: an alarm after the shift leaves the deployment %s',
  async (alarmsInTerminationWait, status, code) => {
    deploy = createDeploymentFixture(
      (group) => {
        group.alarmConfiguration = { enabled: true, alarms: [{ name: 'errors' }] };
      },
      { alarmsInTerminationWait },
    );
    deploy.onHook = ({ deploymentId, executionId, functionName }) => {
      deploy.model.reportHook(deploymentId, executionId, 'Succeeded');
      if (functionName !== 'hook-AfterAllowTraffic') return;
      deploy.world.clock.schedule(10 * minute, () => deploy.alarms.add('errors'));
    };
    const id = deploy.create();
    await deploy.reached(id, 'Stopped', 'Succeeded');
    const deployment = deploy.model.deployments.get(id);
    expect([deployment.status, deployment.end?.code]).toEqual([status, code]);
  },
);

describe('stoppedTargetStatus', () => {
  it.each(['Failed', 'Skipped'] as const)('%s is what a stopped target shows', async (status) => {
    deploy = createDeploymentFixture(() => {}, { stoppedTargetStatus: status });
    const id = deploy.create();
    await deploy.started('Install');
    deploy.model.stopDeployment(id, false);
    await deploy.reached(id, 'Stopped');
    expect(deploy.model.deployments.get(id).target?.status).toBe(status);
  });

  it('says nothing of a target that failed', async () => {
    const rollbackId = await rolledBack({ stoppedTargetStatus: 'Skipped' });
    const { rollbackTriggeringDeploymentId } = deploy.model.deployments.get(rollbackId).rollback;
    const failed = deploy.model.deployments.get(rollbackTriggeringDeploymentId);
    expect(failed.target?.status).toBe('Failed');
  });
});

it.each([
  ['BeforeAllowTraffic', []],
  ['AllowTraffic', ['hook-BeforeAllowTraffic']],
] as const)('readyWaitBefore %s: in Ready %j was called', async (readyWaitBefore, called) => {
  deploy = createDeploymentFixture(
    (group) => {
      group.blueGreenDeploymentConfiguration = {
        ...group.blueGreenDeploymentConfiguration,
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 30 },
      };
    },
    { readyWaitBefore },
  );
  const id = deploy.create();
  await deploy.reached(id, 'Ready');
  const names = deploy.hookCalls.map(({ functionName }) => functionName);
  expect(names.filter((name) => name === 'hook-BeforeAllowTraffic')).toEqual(called);
  deploy.model.continueDeployment(id, 'READY_WAIT');
  await deploy.reached(id, 'Succeeded');
  expect(deploy.hookCalls.map(({ functionName }) => functionName)).toEqual([
    'hook-BeforeInstall',
    'hook-AfterInstall',
    'hook-AfterAllowTestTraffic',
    'hook-BeforeAllowTraffic',
    'hook-AfterAllowTraffic',
  ]);
});

it.each([
  [true, ['START', 'FAILURE', 'START', 'SUCCESS']],
  [false, ['START', 'FAILURE']],
])('rollbackEvents %s: EventBridge hears %j', async (rollbackEvents, states) => {
  await rolledBack({ rollbackEvents });
  expect(deploy.events.map((event) => event.split(' ')[0])).toEqual(states);
});

it.each(['Succeeded', 'Pending'] as const)(
  'stopBeforeStartAnswer %s answers StopDeployment before the first event',
  async (stopBeforeStartAnswer) => {
    deploy = createDeploymentFixture(() => {}, { stopBeforeStartAnswer });
    const early = deploy.create();
    expect(deploy.model.stopDeployment(early)).toMatchObject({ status: stopBeforeStartAnswer });
    await deploy.reached(early, 'Stopped');
    const late = deploy.create();
    await deploy.started('Install');
    expect(deploy.model.stopDeployment(late)).toMatchObject({ status: 'Pending' });
  },
);

it.each([
  [false, 'other:1'],
  [true, 'blue:0 green:100'],
])(
  'rewritesForeignRules %s: a rule of another group forwards to %s',
  async (rewritesForeignRules, weights) => {
    deploy = createDeploymentFixture(() => {}, { rewritesForeignRules });
    deploy.onHook = ({ deploymentId, executionId }) =>
      deploy.model.reportHook(deploymentId, executionId, 'Succeeded');
    await deploy.reached(deploy.create(), 'Succeeded');
    expect(deploy.loadBalancer.weights(foreignRule)).toBe(weights);
  },
);
