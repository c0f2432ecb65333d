import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import type { Settings } from '../../../simulator/core/settings.ts';
import { appSpec, createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { production } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;
const hour = 60 * minute;
const ended = (id: string) => {
  const { status, end } = deploy.model.deployments.get(id);
  return { status, code: end?.code, message: end?.message };
};
const thrown = (code: string) => expect.objectContaining({ code });
const parked = (waitTimeInMinutes: number, settings: Partial<Settings> = {}) =>
  createDeploymentFixture((group) => {
    group.blueGreenDeploymentConfiguration = {
      ...group.blueGreenDeploymentConfiguration,
      deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes },
    };
  }, settings);

describe('limits of time (aws-facts 3.12)', () => {
  it('an event that does not begin in five minutes fails the deployment', async () => {
    deploy = createDeploymentFixture(() => {}, { deploymentStartDelayMs: hour });
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'TIMEOUT',
      message:
        'The deployment failed because no lifecycle event began within 5 minutes of its creation.',
    });
    const { createdAtMs, completedAtMs = 0 } = deploy.model.deployments.get(id);
    expect(Math.round((completedAtMs - createdAtMs) / minute)).toBe(5);
  });

  it('traffic that has not shifted 120 hours after the installation fails it', async () => {
    deploy = parked(200 * 60);
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({ code: 'TIMEOUT' });
    expect(ended(id).message).toContain('120 hours');
    const [install] = (deploy.model.deployments.get(id).target?.events ?? []).filter(
      ({ name }) => name === 'Install',
    );
    const { completedAtMs = 0 } = deploy.model.deployments.get(id);
    expect(Math.round((completedAtMs - Number(install?.endedAtMs)) / hour)).toBe(120);
    expect(deploy.loadBalancer.weights(production)).toBe('blue:1');
  });

  it('has settings for the codes that AWS does not document', async () => {
    deploy = createDeploymentFixture(() => {}, {
      deploymentStartDelayMs: hour,
      unstartedDeploymentErrorCode: 'INTERNAL_ERROR',
    });
    const unstarted = deploy.create();
    await deploy.reached(unstarted, 'Failed');
    expect(ended(unstarted).code).toBe('INTERNAL_ERROR');
    await deploy.stop();
    deploy = parked(200 * 60, { lateTrafficErrorCode: 'ECS_UPDATE_ERROR' });
    const late = deploy.create();
    await deploy.reached(late, 'Failed');
    expect(ended(late).code).toBe('ECS_UPDATE_ERROR');
  });

  it.each([
    [34, 1440, true],
    [10, 288, true],
    [10, 289, false],
    [99, 2880, true],
    [33, 961, false],
  ])(
    'linear by %i percent every %i minutes is valid: %s',
    (linearPercentage, linearInterval, valid) => {
      deploy = createDeploymentFixture();
      const create = () =>
        deploy.model.configs.create('mine', {
          type: 'TimeBasedLinear',
          timeBasedLinear: { linearPercentage, linearInterval },
        });
      if (valid) expect(create().name).toBe('mine');
      else expect(create).toThrow(thrown('InvalidTrafficRoutingConfigurationException'));
    },
  );

  it('an account has at most 200 custom configurations', () => {
    deploy = createDeploymentFixture();
    for (let index = 0; index < 200; index++) {
      deploy.model.configs.create(`c${index}`, { type: 'AllAtOnce' });
    }
    expect(() => deploy.model.configs.create('c200', { type: 'AllAtOnce' })).toThrow(
      thrown('DeploymentConfigLimitExceededException'),
    );
  });
});

describe('ContinueDeployment (aws-facts 3.7)', () => {
  it('is refused unless the deployment waits', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    await deploy.started('Install');
    expect(() => deploy.model.continueDeployment(id, 'READY_WAIT')).toThrow(
      thrown('DeploymentIsNotInReadyStateException'),
    );
    expect(() => deploy.model.continueDeployment(id, undefined)).toThrow(
      thrown('DeploymentIsNotInReadyStateException'),
    );
    expect(() => deploy.model.continueDeployment(id, 'TERMINATION_WAIT')).toThrow(
      thrown('InvalidDeploymentStatusException'),
    );
    expect(() => deploy.model.continueDeployment(id, 'X' as never)).toThrow(
      thrown('InvalidDeploymentWaitTypeException'),
    );
    expect(() => deploy.model.continueDeployment(undefined, 'READY_WAIT')).toThrow(
      thrown('DeploymentIdRequiredException'),
    );
    expect(() => deploy.model.continueDeployment('d-000000000', 'READY_WAIT')).toThrow(
      thrown('DeploymentDoesNotExistException'),
    );
    await deploy.reached(id, 'Succeeded');
    expect(() => deploy.model.continueDeployment(id, 'TERMINATION_WAIT')).toThrow(
      thrown('DeploymentAlreadyCompletedException'),
    );
  });
});

describe('StopDeployment in the ready wait (aws-facts 3.8)', () => {
  it.each([
    [false, 'green:100', ['ecs-svc/1', 'ecs-svc/2']],
    [true, 'blue:100', ['ecs-svc/1']],
  ])('with rollback %s', async (rollback, testThen, taskSets) => {
    deploy = parked(60);
    const id = deploy.create();
    await deploy.reached(id, 'Ready');
    expect(deploy.model.stopDeployment(id, rollback)).toEqual({
      status: 'Pending',
      statusMessage: `The deployment ${id} is being stopped`,
    });
    await deploy.reached(id, 'Stopped');
    await deploy.world.clock.sleep(minute);
    expect(deploy.loadBalancer.weights('arn:listener/test')).toBe(testThen);
    expect(deploy.ecs.taskSets.map((set) => set.id)).toEqual(taskSets);
  });
});

it('StopDeployment before the start answers Succeeded', async () => {
  deploy = createDeploymentFixture();
  const id = deploy.create();
  expect(deploy.model.stopDeployment(id)).toMatchObject({ status: 'Succeeded' });
  await deploy.reached(id, 'Stopped');
});

it('StopDeployment follows the configured event when it does not say (3.8)', async () => {
  deploy = createDeploymentFixture((group) => {
    group.autoRollbackConfiguration = { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] };
  });
  const id = deploy.create();
  await deploy.started('AfterAllowTestTraffic');
  deploy.model.stopDeployment(id);
  await deploy.reached(id, 'Stopped');
  await deploy.world.clock.sleep(minute);
  expect(deploy.model.deployments.get(id).rollback.rollbackDeploymentId).toMatch(/^d-/);
});

it('a rollback can fail itself, and tells so with its own event (3.8)', async () => {
  deploy = createDeploymentFixture();
  const id = deploy.create();
  await deploy.started('AfterAllowTraffic');
  deploy.model.stopDeployment(id, true);
  await deploy.reached(id, 'Stopped');
  deploy.ecs.deleteTaskSet('main', 'shop', 'ecs-svc/1');
  await deploy.world.clock.sleep(minute);
  const { rollbackDeploymentId = '' } = deploy.model.deployments.get(id).rollback;
  expect(ended(rollbackDeploymentId)).toMatchObject({ status: 'Failed', code: 'ECS_UPDATE_ERROR' });
  expect(deploy.events.at(-1)).toBe(`FAILURE ${rollbackDeploymentId}`);
  expect(deploy.model.activeDeployment('shop', 'shop')).toBeUndefined();
});

describe('assumptions that can be switched', () => {
  it('a hook event without a function shows Skipped (3.1)', async () => {
    deploy = createDeploymentFixture(() => {}, { emptyHookStatus: 'Skipped' });
    const id = deploy.create({
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec() } },
    });
    await deploy.reached(id, 'Succeeded');
    expect(deploy.lifecycle(id).slice(0, 3)).toEqual([
      'BeforeInstall Skipped',
      'Install Succeeded',
      'AfterInstall Skipped',
    ]);
  });

  it('a silent hook fails with TIMEOUT (3.2)', async () => {
    deploy = createDeploymentFixture(() => {}, { silentHookErrorCode: 'TIMEOUT' });
    deploy.onHook = () => {};
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('expects a status callback within one hour'),
    });
  });

  it('a hook function that is not there is refused at the creation (3.4)', () => {
    deploy = createDeploymentFixture(() => {}, { hookNamesCheckedAt: 'creation' });
    const asked: string[] = [];
    deploy.world.provide('lambda', {
      crash: async () => {},
      pause: async () => {},
      exists: (name) => asked.push(name) < 3,
      invoke: async () => ({ statusCode: 202, requestId: 'r' }),
    });
    expect(() => deploy.create()).toThrow(
      'The AppSpec file names a hook function that does not exist: hook-AfterAllowTestTraffic',
    );
    expect(asked).toEqual([
      'hook-BeforeInstall',
      'hook-AfterInstall',
      'hook-AfterAllowTestTraffic',
    ]);
  });

  it('a hook function that is not there fails like a hook that refused (3.4)', async () => {
    deploy = createDeploymentFixture(() => {}, { missingHookErrorCode: 'HOOK_EXECUTION_FAILURE' });
    deploy.world.provide('lambda', {
      crash: async () => {},
      pause: async () => {},
      exists: () => false,
      invoke: async () => {
        throw new AwsError('ResourceNotFoundException', 'Function not found: hook');
      },
    });
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({
      code: 'HOOK_EXECUTION_FAILURE',
      message: expect.stringContaining('could not be invoked: Function not found: hook'),
    });
  });

  it.each([
    ['last', ['PRIMARY', 'ACTIVE']],
    ['first', ['ACTIVE', 'PRIMARY']],
  ] as const)(
    'the %s shift of a canary makes the replacement PRIMARY (3.1)',
    async (shift, during) => {
      deploy = createDeploymentFixture(() => {}, { primaryAfterShift: shift });
      const id = deploy.create({
        deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      });
      await deploy.started('AllowTraffic');
      await deploy.world.clock.sleep(minute);
      expect(deploy.ecs.taskSets.map((set) => set.status)).toEqual(during);
      await deploy.reached(id, 'Succeeded');
      expect(deploy.ecs.taskSets.at(-1)?.status).toBe('PRIMARY');
    },
  );

  it('a replacement that is never steady fails with ECS_UPDATE_ERROR (3.2)', async () => {
    deploy = createDeploymentFixture(() => {}, {
      unsteadyReplacementErrorCode: 'ECS_UPDATE_ERROR',
    });
    deploy.ecs.steadyAfterMs = undefined;
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id).code).toBe('ECS_UPDATE_ERROR');
  });
});
