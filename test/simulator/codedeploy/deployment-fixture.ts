import type { CreateDeploymentGroupInput, CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { CodeDeployModel } from '../../../simulator/codedeploy/model.ts';
import { codedeployWire } from '../../../simulator/codedeploy/wire.ts';
import type { Invocation } from '../../../simulator/core/services.ts';
import type { Settings } from '../../../simulator/core/settings.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';
import { FakeEcs, taskDefinition } from './fake-ecs.ts';
import { blueArn, FakeLoadBalancer, production, test } from './fake-load-balancer.ts';

export interface HookCall {
  readonly functionName: string;
  readonly deploymentId: string;
  readonly executionId: string;
}

export interface DeploymentFixture {
  readonly world: TestWorld;
  readonly model: CodeDeployModel;
  readonly ecs: FakeEcs;
  readonly loadBalancer: FakeLoadBalancer;
  /** Names of alarms that are in ALARM. */
  readonly alarms: Set<string>;
  /** `START d-…` and so on, in order. */
  readonly events: string[];
  readonly topics: { topicArn: string; message: Record<string, unknown> }[];
  readonly hookCalls: HookCall[];
  /** What hook functions do; the default reports Succeeded. */
  onHook: (call: HookCall) => void;
  create(input?: Partial<CreateDeploymentInput>): string;
  /** Resolves when a deployment takes the status. */
  reached(deploymentId: string, ...statuses: string[]): Promise<void>;
  /** Resolves when the event starts. */
  started(lifecycleEvent: string): Promise<void>;
  call(operation: string, input: object): Promise<Record<string, never>>;
  lifecycle(deploymentId: string): string[];
  stop(): Promise<void>;
}

const allHooks = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
];

export function appSpec(hooks: readonly string[] = [], revision = 2): string {
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition(revision),
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
          },
        },
      },
    ],
    ...(hooks.length > 0 && { Hooks: hooks.map((hook) => ({ [hook]: `hook-${hook}` })) }),
  });
}

export const everyHook = appSpec(allHooks);

export const groupInput = (): CreateDeploymentGroupInput => ({
  applicationName: 'shop',
  deploymentGroupName: 'shop',
  serviceRoleArn: 'arn:aws:iam::111122223333:role/codedeploy',
  deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  ecsServices: [{ clusterName: 'main', serviceName: 'shop' }],
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
    terminateBlueInstancesOnDeploymentSuccess: {
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: 60,
    },
  },
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        targetGroups: [{ name: 'blue' }, { name: 'green' }],
        prodTrafficRoute: { listenerArns: [production] },
        testTrafficRoute: { listenerArns: [test] },
      },
    ],
  },
  autoRollbackConfiguration: {
    enabled: true,
    events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
  },
});

/** CodeDeploy over fake ECS, load balancer, functions and alarms, on the virtual clock. */
export function createDeploymentFixture(
  adjust: (group: CreateDeploymentGroupInput) => void = () => {},
  settings: Partial<Settings> = {},
): DeploymentFixture {
  const world = createTestWorld({ settings });
  const ecs = new FakeEcs(world, blueArn);
  const loadBalancer = new FakeLoadBalancer();
  const alarms = new Set<string>();
  const events: string[] = [];
  const topics: DeploymentFixture['topics'] = [];
  const hookCalls: HookCall[] = [];
  const model = new CodeDeployModel(world);
  world.provide('ecs', ecs);
  world.provide('elbv2', loadBalancer as never);
  world.provide('cloudwatch', {
    alarmStates: (names: readonly string[]) =>
      names.map((name) => ({ name, state: alarms.has(name) ? 'ALARM' : 'OK' })),
  } as never);
  world.provide('events', {
    publish: ({ detail }: { detail: { state: string; deploymentId: string } }) => {
      events.push(`${detail.state} ${detail.deploymentId}`);
      return 'event';
    },
  } as never);
  world.provide('sns', {
    publish: (topicArn: string, { message }: { message: string }) => {
      topics.push({ topicArn, message: JSON.parse(message) });
      return 'message';
    },
  });
  const fixture: DeploymentFixture = {
    world,
    model,
    ecs,
    loadBalancer,
    alarms,
    events,
    topics,
    hookCalls,
    onHook: ({ deploymentId, executionId }) => {
      model.reportHook(deploymentId, executionId, 'Succeeded');
    },
    create: (input = {}) =>
      model.createDeployment({
        applicationName: 'shop',
        deploymentGroupName: 'shop',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content: everyHook } },
        ...input,
      }),
    reached: (deploymentId, ...statuses) =>
      until(world, 'deployment.status', () =>
        statuses.includes(model.deployments.get(deploymentId).status),
      ),
    started: (lifecycleEvent) =>
      until(world, 'lifecycle.started', () =>
        world.journal
          .of('lifecycle.started')
          .some((entry) => entry.lifecycleEvent === lifecycleEvent),
      ),
    call: async (operation, input) => {
      const found = codedeployWire(model, world).operations[operation];
      if (!found) throw new Error(`No operation ${operation}`);
      const context = { caller: { accessKeyId: 'x', name: 'user' }, requestId: 'r' };
      return (await found.handle(input as never, context)) as Record<string, never>;
    },
    lifecycle: (deploymentId) =>
      (model.deployments.get(deploymentId).target?.events ?? []).map(
        ({ name, status }) => `${name} ${status}`,
      ),
    stop: async () => {
      await model.stop();
      world.clock.stop();
    },
  };
  world.provide('lambda', {
    crash: async () => {},
    pause: async () => {},
    exists: () => true,
    invoke: async ({ functionName, payload }: Invocation) => {
      const { DeploymentId, LifecycleEventHookExecutionId } = payload as Record<string, string>;
      const call = {
        functionName,
        deploymentId: DeploymentId ?? '',
        executionId: LifecycleEventHookExecutionId ?? '',
      };
      hookCalls.push(call);
      fixture.onHook(call);
      return { statusCode: 202, requestId: 'r' };
    },
  });
  const group = groupInput();
  adjust(group);
  model.applications.create('shop', 'ECS');
  model.applications.createGroup(group);
  return fixture;
}

function until(
  world: TestWorld,
  kind: 'deployment.status' | 'lifecycle.started',
  reached: () => boolean,
): Promise<void> {
  if (reached()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = world.journal.subscribe((entry) => {
      if (entry.kind !== kind || !reached()) return;
      unsubscribe();
      resolve();
    });
  });
}
