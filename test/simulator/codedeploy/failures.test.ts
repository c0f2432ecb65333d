import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import { appSpec, createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { blueArn, greenArn, production, productionRule, test } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;
const fails = (event: string) => {
  deploy.onHook = ({ deploymentId, executionId, functionName }) => {
    const verdict = functionName === `hook-${event}` ? 'Failed' : 'Succeeded';
    deploy.model.reportHook(deploymentId, executionId, verdict);
  };
};
const ended = (id: string) => {
  const { status, end } = deploy.model.deployments.get(id);
  return { status, code: end?.code, message: end?.message };
};

describe('before anything is changed', () => {
  const cases: [string, (fixture: DeploymentFixture) => void, string, string][] = [
    [
      'a missing service',
      ({ ecs }) => {
        ecs.exists = false;
      },
      'INVALID_ECS_SERVICE',
      'The ECS service shop does not exist in cluster main',
    ],
    [
      'another deployment controller',
      ({ ecs }) => {
        ecs.controller = 'ECS';
      },
      'INVALID_ECS_SERVICE',
      'The ECS service shop has deployment controller ECS; it must be CODE_DEPLOY',
    ],
    [
      'a production listener on the idle group',
      ({ loadBalancer }) =>
        loadBalancer.setWeights(production, [{ targetGroupArn: greenArn, weight: 1 }]),
      'ELASTIC_LOAD_BALANCING_INVALID',
      `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${production}`,
    ],
    [
      'a rule put back to the idle group',
      ({ loadBalancer }) =>
        loadBalancer.setWeights(productionRule, [{ targetGroupArn: greenArn, weight: 1 }]),
      'ELASTIC_LOAD_BALANCING_INVALID',
      `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${productionRule}`,
    ],
    [
      'a test listener on the idle group',
      ({ loadBalancer }) =>
        loadBalancer.setWeights(test, [{ targetGroupArn: greenArn, weight: 100 }]),
      'ELASTIC_LOAD_BALANCING_INVALID',
      `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${test}`,
    ],
    [
      'a listener that is gone',
      ({ loadBalancer }) => {
        loadBalancer.forwardings = () => {
          throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
        };
      },
      'ELASTIC_LOAD_BALANCING_INVALID',
      'The ELB could not be updated due to the following error: One or more listeners not found',
    ],
    [
      'a target group that is gone',
      ({ loadBalancer }) => {
        const present = loadBalancer.targetGroupArn.bind(loadBalancer);
        loadBalancer.targetGroupArn = (name) => (name === 'green' ? undefined : present(name));
      },
      'ELASTIC_LOAD_BALANCING_INVALID',
      'The ELB could not be updated due to the following error: One or more target groups not found',
    ],
    [
      'a left-over task set behind production',
      ({ ecs, loadBalancer }) => {
        ecs.createTaskSet({ targetGroupArn: greenArn, taskDefinition: 'x' } as never);
        ecs.created.length = 0;
        loadBalancer.setWeights(production, [
          { targetGroupArn: blueArn, weight: 90 },
          { targetGroupArn: greenArn, weight: 10 },
        ]);
      },
      'ECS_UPDATE_ERROR',
      `TaskSet ecs-svc/2 is behind prod listener ${production}. Verify that the TaskSet ecs-svc/2 is still serving production traffic and update the listener rule if required`,
    ],
  ];
  it.each(cases)(
    '%s fails the deployment without a replacement',
    async (_, arrange, code, message) => {
      deploy = createDeploymentFixture();
      arrange(deploy);
      const id = deploy.create();
      await deploy.reached(id, 'Failed');
      expect(ended(id)).toEqual({ status: 'Failed', code, message });
      expect(deploy.ecs.created).toEqual([]);
      expect(deploy.events).toEqual([`START ${id}`, `FAILURE ${id}`]);
      expect(deploy.model.activeDeployment('shop', 'shop')).toBeUndefined();
    },
  );
});

describe('a hook', () => {
  it.each([
    ['AfterInstall', 'blue:1', 'blue:1'],
    ['AfterAllowTestTraffic', 'blue:1', 'green:100'],
    ['BeforeAllowTraffic', 'blue:1', 'green:100'],
    ['AfterAllowTraffic', 'blue:0 green:100', 'green:100'],
  ])('%s that reports Failed rolls everything back', async (event, productionThen, testThen) => {
    deploy = createDeploymentFixture();
    fails(event);
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'HOOK_EXECUTION_FAILURE',
      message:
        'The deployment failed because one or more of the lifecycle event validation functions failed.',
    });
    expect(deploy.lifecycle(id)).toContain(`${event} Failed`);
    expect(deploy.loadBalancer.weights(production)).toBe(productionThen);
    expect(deploy.loadBalancer.weights(test)).toBe(testThen);
    const [, rollback] = deploy.world.journal.of('deployment.created');
    expect(rollback).toBeUndefined();
    await deploy.world.clock.sleep(1_500);
    const rollbackId = deploy.world.journal.of('deployment.created')[1]?.deploymentId ?? '';
    await deploy.reached(rollbackId, 'Succeeded');
    expect(deploy.loadBalancer.weights(production)).toBe('blue:100 green:0');
    expect(deploy.loadBalancer.weights(test)).toBe('blue:100');
    expect(deploy.ecs.taskSets.map((set) => [set.id, set.status])).toEqual([
      ['ecs-svc/1', 'PRIMARY'],
    ]);
    expect(deploy.events).toEqual([
      `START ${id}`,
      `FAILURE ${id}`,
      `START ${rollbackId}`,
      `SUCCESS ${rollbackId}`,
    ]);
  });

  it('BeforeInstall that reports Failed ends the deployment without a rollback', async () => {
    deploy = createDeploymentFixture();
    fails('BeforeInstall');
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    await deploy.world.clock.sleep(10 * minute);
    expect(deploy.lifecycle(id).slice(0, 2)).toEqual(['BeforeInstall Failed', 'Install Skipped']);
    expect(deploy.world.journal.of('deployment.created')).toHaveLength(1);
    expect(deploy.ecs.created).toEqual([]);
  });

  it('that stays silent fails after an hour of virtual time', async () => {
    deploy = createDeploymentFixture();
    deploy.onHook = () => {};
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'HOOK_EXECUTION_FAILURE',
      message:
        'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.',
    });
    const [event] = deploy.model.deployments.get(id).target?.events ?? [];
    expect(Math.round((Number(event?.endedAtMs) - Number(event?.startedAtMs)) / minute)).toBe(60);
    const { executionId = '' } = deploy.hookCalls[0] ?? {};
    expect(() => deploy.model.reportHook(id, executionId, 'Succeeded')).toThrow(
      expect.objectContaining({ code: 'LifecycleEventAlreadyCompletedException' }),
    );
  });

  it.each([
    [
      'ResourceNotFoundException',
      'INVALID_LAMBDA_FUNCTION',
      /hook-BeforeInstall.*Function not found/,
    ],
    [
      'AccessDeniedException',
      'IAM_ROLE_PERMISSIONS',
      /^The IAM role arn:aws:iam::111122223333:role\/codedeploy does not give you permission to perform operations in the following AWS service: AWSLambda\.$/,
    ],
  ])('whose function answers %s fails with %s', async (thrown, code, message) => {
    deploy = createDeploymentFixture();
    deploy.world.provide('lambda', {
      crash: async () => {},
      pause: async () => {},
      exists: () => false,
      invoke: async () => {
        throw new AwsError(thrown, 'Function not found');
      },
    });
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({ status: 'Failed', code, message: expect.stringMatching(message) });
  });
});

describe('Install', () => {
  it('of a replacement that never gets steady times out after 60 minutes', async () => {
    deploy = createDeploymentFixture();
    deploy.ecs.steadyAfterMs = undefined;
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'TIMEOUT',
      message:
        'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.',
    });
    await deploy.world.clock.sleep(minute);
    expect(deploy.ecs.taskSets.map((set) => set.id)).toEqual(['ecs-svc/1']);
  });

  it('of a task definition that does not exist fails without a rollback', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create({
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec([], 9) } },
    });
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({ code: 'ECS_UPDATE_ERROR' });
    expect(ended(id).message).toContain('task-definition/shop:9');
  });
});

describe('without automatic rollback', () => {
  it('a failure leaves everything where it was', async () => {
    deploy = createDeploymentFixture((group) => {
      group.autoRollbackConfiguration = { enabled: false };
    });
    fails('AfterAllowTestTraffic');
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    await deploy.world.clock.sleep(10 * minute);
    expect(deploy.loadBalancer.weights(test)).toBe('green:100');
    expect(deploy.ecs.taskSets.map((set) => set.status)).toEqual(['PRIMARY', 'ACTIVE']);
    expect(deploy.model.deployments.get(id).rollback).toEqual({});
  });

  it('a deployment may still ask for it', async () => {
    deploy = createDeploymentFixture((group) => {
      group.autoRollbackConfiguration = { enabled: false };
    });
    fails('AfterAllowTestTraffic');
    const id = deploy.create({
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    });
    await deploy.reached(id, 'Failed');
    await deploy.world.clock.sleep(minute);
    expect(deploy.loadBalancer.weights(test)).toBe('blue:100');
  });
});
