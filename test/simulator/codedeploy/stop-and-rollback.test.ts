import { afterEach, describe, expect, it } from 'vitest';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { production, test } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;
const canary = { deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes' };

describe('StopDeployment', () => {
  it.each([
    ['BeforeInstall', 'blue:1', 'blue:1', ['PRIMARY']],
    ['Install', 'blue:100 green:0', 'blue:1', ['PRIMARY', 'ACTIVE']],
    ['AfterAllowTestTraffic', 'blue:100 green:0', 'green:100', ['PRIMARY', 'ACTIVE']],
    ['AfterAllowTraffic', 'blue:0 green:100', 'green:100', ['ACTIVE', 'PRIMARY']],
  ])(
    'in %s without rollback leaves things as they are',
    async (event, productionThen, testThen, sets) => {
      deploy = createDeploymentFixture();
      deploy.onHook = (call) => {
        if (call.functionName === `hook-${event}`) return;
        deploy.model.reportHook(call.deploymentId, call.executionId, 'Succeeded');
      };
      const id = deploy.create(canary);
      await deploy.started(event);
      expect(deploy.model.stopDeployment(id, false)).toMatchObject({ status: 'Pending' });
      await deploy.reached(id, 'Stopped');
      expect(deploy.model.deployments.get(id).end).toMatchObject({ code: 'MANUAL_STOP' });
      await deploy.world.clock.sleep(10 * minute);
      expect(deploy.events).toEqual([`START ${id}`, `STOP ${id}`]);
      expect(deploy.loadBalancer.weights(production)).toBe(productionThen);
      expect(deploy.loadBalancer.weights(test)).toBe(testThen);
      expect(deploy.ecs.taskSets.map((set) => set.status)).toEqual(sets);
      expect(deploy.model.activeDeployment('shop', 'shop')).toBeUndefined();
    },
  );

  it.each([['Install'], ['AllowTestTraffic'], ['AllowTraffic'], ['AfterAllowTraffic']])(
    'in %s with rollback puts everything back',
    async (event) => {
      deploy = createDeploymentFixture();
      const id = deploy.create(canary);
      await deploy.started(event);
      deploy.model.stopDeployment(id, true);
      await deploy.reached(id, 'Stopped');
      await deploy.world.clock.sleep(minute);
      const { rollbackDeploymentId = '' } = deploy.model.deployments.get(id).rollback;
      expect(deploy.model.deployments.get(rollbackDeploymentId).status).toBe('Succeeded');
      expect(deploy.loadBalancer.weights(production)).toBe('blue:100 green:0');
      expect(deploy.loadBalancer.weights(test)).toMatch(/^blue:1(00)?$/);
      expect(deploy.ecs.taskSets.map((set) => set.id)).toEqual(['ecs-svc/1']);
    },
  );

  it('in the termination wait with rollback brings the original back', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    deploy.onHook = ({ deploymentId, executionId, functionName }) => {
      deploy.model.reportHook(deploymentId, executionId, 'Succeeded');
      if (functionName !== 'hook-AfterAllowTraffic') return;
      deploy.world.clock.schedule(minute, () => deploy.model.stopDeployment(id, true));
    };
    await deploy.reached(id, 'Stopped');
    expect(deploy.model.deployments.get(id).target?.status).toBe('Succeeded');
    await deploy.world.clock.sleep(minute);
    expect(deploy.loadBalancer.weights(production)).toBe('blue:100 green:0');
    expect(deploy.ecs.taskSets.map((set) => [set.id, set.status])).toEqual([
      ['ecs-svc/1', 'PRIMARY'],
    ]);
  });

  it('before the start and after the end', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    deploy.model.stopDeployment(id);
    await deploy.reached(id, 'Stopped');
    expect(deploy.events).toEqual([`STOP ${id}`]);
    expect(() => deploy.model.stopDeployment(id)).toThrow(
      expect.objectContaining({ code: 'DeploymentAlreadyCompletedException' }),
    );
  });
});

describe('a rollback', () => {
  const failing = () => {
    deploy = createDeploymentFixture();
    deploy.onHook = ({ deploymentId, executionId, functionName }) =>
      deploy.model.reportHook(
        deploymentId,
        executionId,
        functionName === 'hook-AfterAllowTestTraffic' ? 'Failed' : 'Succeeded',
      );
    return deploy.create();
  };

  it('is linked both ways after a gap in which the group stays busy', async () => {
    const id = failing();
    await deploy.reached(id, 'Failed');
    const { deploymentInfo } = await deploy.call('GetDeployment', { deploymentId: id });
    expect(deploymentInfo).toMatchObject({ status: 'Failed', rollbackInfo: {} });
    expect(deploymentInfo).not.toHaveProperty('rollbackInfo.rollbackDeploymentId');
    expect(deploy.model.activeDeployment('shop', 'shop')).toBe(id);
    await deploy.world.clock.sleep(1_500);
    const rollbackId = deploy.model.deployments.get(id).rollback.rollbackDeploymentId ?? '';
    expect(deploy.model.activeDeployment('shop', 'shop')).toBe(rollbackId);
    const rollback = deploy.model.deployments.get(rollbackId);
    expect(rollback.order.creator).toBe('codeDeployRollback');
    expect(rollback.rollback).toEqual({
      rollbackTriggeringDeploymentId: id,
      rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`,
    });
    expect(deploy.model.deployments.get(id).rollback.rollbackMessage).toBe(
      `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`,
    );
    const gapMs = rollback.createdAtMs - Number(deploy.model.deployments.get(id).completedAtMs);
    expect(gapMs).toBeGreaterThanOrEqual(999);
    expect(gapMs).toBeLessThan(1_900);
    await deploy.reached(rollbackId, 'Succeeded');
    expect(deploy.model.activeDeployment('shop', 'shop')).toBeUndefined();
  });

  it('calls no hook and shows only the traffic move', async () => {
    const id = failing();
    await deploy.reached(id, 'Failed');
    const calls = deploy.hookCalls.length;
    await deploy.world.clock.sleep(minute);
    expect(deploy.hookCalls).toHaveLength(calls);
    const rollbackId = deploy.model.deployments.get(id).rollback.rollbackDeploymentId ?? '';
    expect(deploy.lifecycle(rollbackId).filter((text) => !text.endsWith('Skipped'))).toEqual([
      'AllowTraffic Succeeded',
    ]);
  });

  it('moves all traffic at once, whatever its group says', async () => {
    deploy = createDeploymentFixture((group) => {
      group.deploymentConfigName = 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes';
    });
    const id = deploy.create();
    await deploy.started('AllowTraffic');
    deploy.model.stopDeployment(id, true);
    await deploy.reached(id, 'Stopped');
    await deploy.world.clock.sleep(minute);
    const { rollbackDeploymentId } = deploy.model.deployments.get(id).rollback;
    const { deploymentInfo } = await deploy.call('GetDeployment', {
      deploymentId: rollbackDeploymentId,
    });
    expect(deploymentInfo).toMatchObject({
      status: 'Succeeded',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
    });
  });

  it('describes the revision that runs again', async () => {
    const id = failing();
    await deploy.reached(id, 'Failed');
    await deploy.world.clock.sleep(minute);
    const rollbackId = deploy.model.deployments.get(id).rollback.rollbackDeploymentId ?? '';
    const { revision } = deploy.model.deployments.get(rollbackId).order;
    expect(JSON.parse(revision.content).Resources[0].TargetService.Properties.TaskDefinition).toBe(
      'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:1',
    );
  });
});
