import { afterEach, describe, expect, it } from 'vitest';
import { appSpec, createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { foreignRule, production, productionRule, test } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;
const allSucceeded = [
  'BeforeInstall Succeeded',
  'Install Succeeded',
  'AfterInstall Succeeded',
  'AllowTestTraffic Succeeded',
  'AfterAllowTestTraffic Succeeded',
  'BeforeAllowTraffic Succeeded',
  'AllowTraffic Succeeded',
  'AfterAllowTraffic Succeeded',
];

describe('a deployment that goes well', () => {
  it('walks through eight events, waits for termination, and leaves the replacement alone', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    await deploy.reached(id, 'Succeeded');
    expect(deploy.lifecycle(id)).toEqual(allSucceeded);
    expect(deploy.hookCalls.map((call) => call.functionName)).toEqual([
      'hook-BeforeInstall',
      'hook-AfterInstall',
      'hook-AfterAllowTestTraffic',
      'hook-BeforeAllowTraffic',
      'hook-AfterAllowTraffic',
    ]);
    expect(deploy.events).toEqual([`START ${id}`, `SUCCESS ${id}`]);
    expect(deploy.ecs.taskSets.map(({ id, status }) => [id, status])).toEqual([
      ['ecs-svc/2', 'PRIMARY'],
    ]);
    expect(deploy.ecs.created[0]).toMatchObject({
      externalId: id,
      containerName: 'app',
      containerPort: 8080,
      targetGroupArn: 'arn:tg/green',
    });
    const [created, , done] = deploy.world.journal.of('deployment.status');
    expect(Number(done?.atMs) - Number(created?.atMs)).toBeGreaterThanOrEqual(60 * minute);
  });

  it('without a test listener has six events and never calls AfterAllowTestTraffic', async () => {
    deploy = createDeploymentFixture(({ loadBalancerInfo }) => {
      delete loadBalancerInfo?.targetGroupPairInfoList?.[0]?.testTrafficRoute;
    });
    const id = deploy.create();
    await deploy.reached(id, 'Succeeded');
    expect(deploy.lifecycle(id)).toEqual(
      allSucceeded.filter((text) => !text.includes('TestTraffic')),
    );
    expect(deploy.hookCalls.map((call) => call.functionName)).not.toContain(
      'hook-AfterAllowTestTraffic',
    );
    expect(deploy.loadBalancer.weights(test)).toBe('blue:1');
  });

  it('without hook functions succeeds in each hook event after half a second', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create({
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec() } },
    });
    await deploy.reached(id, 'Succeeded');
    expect(deploy.lifecycle(id)).toEqual(allSucceeded);
    expect(deploy.hookCalls).toEqual([]);
    const [event] = deploy.model.deployments.get(id).target?.events ?? [];
    const tookMs = Number(event?.endedAtMs) - Number(event?.startedAtMs);
    expect(tookMs).toBeGreaterThanOrEqual(499);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('swaps blue and green on the next release', async () => {
    deploy = createDeploymentFixture();
    await deploy.reached(deploy.create(), 'Succeeded');
    await deploy.reached(
      deploy.create({
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec([], 3) } },
      }),
      'Succeeded',
    );
    expect(deploy.loadBalancer.weights(production)).toBe('green:0 blue:100');
    expect(deploy.loadBalancer.weights(test)).toBe('blue:100');
  });
});

describe('the weights of listeners and rules', () => {
  const rule = (text: string) => [
    `listener/production ${text}`,
    `listener-rule/production ${text}`,
  ];

  it('all at once attach the replacement only when its traffic comes', async () => {
    deploy = createDeploymentFixture();
    await deploy.reached(deploy.create(), 'Succeeded');
    expect(deploy.loadBalancer.changes).toEqual([
      'listener/test green:100',
      ...rule('blue:0 green:100'),
    ]);
    expect(deploy.loadBalancer.weights(foreignRule)).toBe('other:1');
  });

  it('of a canary follow the table of aws-facts 4.3', async () => {
    deploy = createDeploymentFixture();
    const times: [string, number][] = [];
    deploy.loadBalancer.onChange = (text) => times.push([text, deploy.world.clock.now()]);
    await deploy.reached(
      deploy.create({ deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes' }),
      'Succeeded',
    );
    expect(deploy.loadBalancer.changes).toEqual([
      ...rule('blue:100 green:0'),
      'listener/test green:100',
      ...rule('blue:90 green:10'),
      ...rule('blue:0 green:100'),
    ]);
    const at = (text: string) => times.find(([change]) => change.endsWith(text))?.[1] ?? 0;
    const waitMs = at('blue:0 green:100') - at('blue:90 green:10');
    expect(waitMs).toBeGreaterThanOrEqual(300_700);
    expect(waitMs).toBeLessThan(310_000);
  });

  it('of a linear shift grow by ten percent a minute, promoting after the last step', async () => {
    deploy = createDeploymentFixture();
    const statuses: (string | undefined)[] = [];
    deploy.loadBalancer.onChange = () => statuses.push(deploy.ecs.taskSets[1]?.status);
    const id = deploy.create({
      deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    });
    await deploy.reached(id, 'Succeeded');
    const shares = deploy.loadBalancer.changes
      .filter((text) => text.startsWith('listener/production'))
      .map((text) => text.split(' ').slice(1).join(' '));
    expect(shares).toEqual([
      'blue:100 green:0',
      ...[10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((to) => `blue:${100 - to} green:${to}`),
    ]);
    // Undefined at the attachment: the replacement is not there yet.
    expect([...new Set(statuses)]).toEqual([undefined, 'ACTIVE']);
    expect(deploy.loadBalancer.weights(productionRule)).toBe('blue:0 green:100');
  });
});

describe('the termination wait', () => {
  it('keeps the target Succeeded, the deployment InProgress and the group busy', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    const seen: unknown[] = [];
    deploy.onHook = ({ deploymentId, executionId, functionName }) => {
      deploy.model.reportHook(deploymentId, executionId, 'Succeeded');
      if (functionName !== 'hook-AfterAllowTraffic') return;
      deploy.world.clock.schedule(30 * minute, () => {
        const deployment = deploy.model.deployments.get(id);
        seen.push(deployment.status, deployment.target?.status, deploy.ecs.taskSets.length);
        expect(() => deploy.create()).toThrow(
          expect.objectContaining({
            code: 'DeploymentLimitExceededException',
            message: `The Deployment Group 'shop' already has an active Deployment '${id}'`,
          }),
        );
        expect(deploy.model.activeDeployment('shop', 'shop')).toBe(id);
      });
    };
    await deploy.reached(id, 'Succeeded');
    expect(seen).toEqual(['InProgress', 'Succeeded', 2]);
    expect(deploy.model.activeDeployment('shop', 'shop')).toBeUndefined();
  });

  it('ends early with ContinueDeployment TERMINATION_WAIT', async () => {
    deploy = createDeploymentFixture();
    const id = deploy.create();
    deploy.onHook = ({ deploymentId, executionId, functionName }) => {
      deploy.model.reportHook(deploymentId, executionId, 'Succeeded');
      if (functionName !== 'hook-AfterAllowTraffic') return;
      deploy.world.clock.schedule(5 * minute, () =>
        deploy.model.continueDeployment(id, 'TERMINATION_WAIT'),
      );
    };
    await deploy.reached(id, 'Succeeded');
    const { startedAtMs = 0, completedAtMs = 0 } = deploy.model.deployments.get(id);
    expect(completedAtMs - startedAtMs).toBeLessThan(7 * minute);
  });
});

describe('the ready wait', () => {
  const parked = () =>
    createDeploymentFixture((group) => {
      group.blueGreenDeploymentConfiguration = {
        ...group.blueGreenDeploymentConfiguration,
        deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 15 },
      };
    });

  it('goes on with ContinueDeployment READY_WAIT', async () => {
    deploy = parked();
    const id = deploy.create();
    await deploy.reached(id, 'Ready');
    expect(deploy.model.deployments.get(id).target?.status).toBe('Ready');
    expect(() => deploy.model.continueDeployment(id, 'TERMINATION_WAIT')).toThrow(
      expect.objectContaining({ code: 'InvalidDeploymentStatusException' }),
    );
    deploy.model.continueDeployment(id, 'READY_WAIT');
    await deploy.reached(id, 'Succeeded');
    expect(deploy.events).toEqual([`START ${id}`, `READY ${id}`, `SUCCESS ${id}`]);
  });

  it('that expires stops the deployment', async () => {
    deploy = parked();
    const id = deploy.create();
    await deploy.reached(id, 'Stopped');
    expect(deploy.model.deployments.get(id).end?.message).toBe(
      'The deployment timed out while waiting for a notification to continue. This time out period is 15 minutes.',
    );
    expect(deploy.loadBalancer.weights(production)).toBe('blue:1');
  });
});
