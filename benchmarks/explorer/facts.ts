import {
  type Config,
  configSchema,
  type ServiceConfig,
} from '../../functions/core/config/schema.ts';
import type { Deployment, DeploymentTarget } from '../../functions/core/ports/deployments.ts';
import type { EcsService, Task, TaskSet } from '../../functions/core/ports/ecs-services.ts';
import type { ImageDetail } from '../../functions/core/ports/image-registry.ts';
import type { Listener } from '../../functions/core/ports/load-balancing.ts';
import { firstPushMs, hourMs, nowMs } from './instants.ts';
import type { ModelDeployment, Phase, Scenario, World } from './world.ts';

/** What AWS says of the model's state, in the words of the ports. */

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
export const groupArns = ['shop-blue', 'shop-green'].map((name) =>
  arn('elasticloadbalancing', `targetgroup/${name}/0123456789abcdef`),
);
export const revisionArn = (revision: number) => arn('ecs', `task-definition/shop:${revision + 1}`);
export const executionArn = (name: string) => arn('states', `execution:greengate-deploy:${name}`);
export const digestOf = (image: number) => `sha256:${image.toString(16).repeat(64)}`;
export const imageReference = (image: number) =>
  `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf(image)}`;
export const deploymentIdOf = (index: number) =>
  `d-${index < 0 ? 'ORIGINAL1' : `MODEL${String(index).padStart(4, '0')}`}`;
export const deploymentIndex = (id: string) =>
  id === 'd-ORIGINAL1' ? -1 : Number(id.slice('d-MODEL'.length));

export function serviceOf({ onNewerPush }: Scenario): ServiceConfig {
  const target = { cluster: 'prod', service: 'shop', container: 'app' };
  const { services } = configSchema.parse({
    services: [
      {
        name: 'shop',
        image: { repository: 'team/shop', tags: ['v*'] },
        target: { ...target, application: 'shop', deploymentGroup: 'shop' },
        onNewerPush,
      },
    ],
  });
  return services[0] as ServiceConfig;
}

export function imagesOf({ pushed }: World, { pushes }: Scenario): ImageDetail[] {
  const made = pushes.slice(0, pushed);
  const numbers = [...new Set(made.map(({ image }) => image))];
  return numbers.map((image) => ({
    digest: digestOf(image),
    tags: [...new Set(made.map(({ tag }) => tag))].filter(
      (tag) => made.findLast((push) => push.tag === tag)?.image === image,
    ),
    // What production runs at first was pushed a day ago.
    pushedAtMs: image === 0 ? firstPushMs - 24 * hourMs : firstPushOf(image, made),
  }));
}

function firstPushOf(image: number, pushes: Scenario['pushes']): number {
  return firstPushMs + (pushes.find((push) => push.image === image)?.afterMs ?? 0);
}

export function deploymentOf(world: World, index: number): Deployment | undefined {
  const one = world.deployments[index];
  if (one === undefined) return undefined;
  const { status, description, rollback, rollbackOf } = one;
  return {
    deploymentId: deploymentIdOf(index),
    application: 'shop',
    deploymentGroup: 'shop',
    status,
    creator: rollbackOf === undefined ? 'user' : 'codeDeployRollback',
    description,
    createdAtMs: nowMs - hourMs / 2 + index,
    completedAtMs: one.phase === 'ended' ? nowMs : undefined,
    error:
      status === 'Failed'
        ? { code: 'HOOK_EXECUTION_FAILURE', message: 'a hook failed' }
        : undefined,
    rollbackDeploymentId: rollback === undefined ? undefined : deploymentIdOf(rollback),
    rollbackTriggeringDeploymentId:
      rollbackOf === undefined ? undefined : deploymentIdOf(rollbackOf),
    rollbackEvents: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'],
  };
}

const begun: readonly Phase[] = ['installed', 'shifting', 'moved'];
const events = ['Install', 'AfterAllowTestTraffic', 'AllowTraffic', 'AfterAllowTraffic'];

/** Which lifecycle events are done, which is on its way and, once it has ended badly, which failed. */
export function targetOf({ reached, status }: ModelDeployment): DeploymentTarget {
  const done = { created: 0, installed: 1, shifting: 2, moved: 3, kept: 4, rolling: 0, ended: 4 }[
    reached
  ];
  const last = status === 'InProgress' ? 'InProgress' : 'Failed';
  const untouched = status === 'InProgress' ? 'Pending' : 'Skipped';
  const statusAt = (position: number) => {
    if (status === 'Succeeded' || position < done) return 'Succeeded';
    return position === done && begun.includes(reached) ? last : untouched;
  };
  return {
    lifecycleEvents: events.map((name, position) => ({
      name,
      status: statusAt(position),
      startedAtMs: undefined,
      endedAtMs: undefined,
    })),
    taskSets: [],
  };
}

/** Whether a deployment's own task set is there: from Install until it is rolled back or replaced. */
function hasTaskSet(world: World, index: number): boolean {
  const one = world.deployments[index];
  if (one === undefined || one.rollbackOf !== undefined) return false;
  if (world.primary === index) return true;
  if (one.status === 'InProgress') return one.phase !== 'created';
  const rollback = one.rollback === undefined ? undefined : world.deployments[one.rollback];
  return one.linkDue === true || (rollback !== undefined && rollback.status !== 'Succeeded');
}

/** Whether a rollback that failed left a task set behind the group that a deployment is to use. */
export function isGroupTaken(world: World, index: number): boolean {
  return world.deployments.some(
    (one, other) =>
      other !== index &&
      other !== world.primary &&
      one.group === world.deployments[index]?.group &&
      hasTaskSet(world, other),
  );
}

export function taskSetsOf(world: World): TaskSet[] {
  // The original stays until its deployment has Succeeded, and for good when that is rolled back.
  const moved = world.deployments[world.primary];
  const there = [-1, ...world.deployments.keys()].filter(
    (index) =>
      index === world.primary ||
      hasTaskSet(world, index) ||
      (moved !== undefined && moved.status !== 'Succeeded' && moved.original === index),
  );
  return there.map((index) => taskSetOf(world, index));
}

function taskSetOf(world: World, index: number): TaskSet {
  const { revision, group } = world.deployments[index] ?? { revision: 0, group: 0 as const };
  return {
    id: `ecs-svc/${index + 2}`,
    taskSetArn: arn('ecs', `task-set/prod/shop/ecs-svc/${index + 2}`),
    externalId: deploymentIdOf(index),
    status: index === world.primary ? 'PRIMARY' : 'ACTIVE',
    taskDefinitionArn: revisionArn(revision),
    computedDesiredCount: 1,
    pendingCount: 0,
    runningCount: 1,
    stabilityStatus: 'STEADY_STATE',
    targetGroupArn: groupArns[group],
    createdAtMs: nowMs - hourMs / 2 + index,
  };
}

export function ecsServiceOf(world: World): EcsService {
  const taskSets = taskSetsOf(world);
  return {
    serviceArn: arn('ecs', 'service/prod/shop'),
    deploymentController: 'CODE_DEPLOY',
    desiredCount: 1,
    loadBalancedContainer: { name: 'app', port: 8080 },
    launchType: 'FARGATE',
    capacityProviders: [],
    network: { subnetIds: ['subnet-a'], securityGroupIds: ['sg-tasks'] },
    healthCheckGracePeriodSeconds: 60,
    primaryTaskSet: taskSets.find(({ status }) => status === 'PRIMARY'),
    taskSets,
    rolling: undefined,
  };
}

export function tasksOf(world: World): Task[] {
  return taskSetsOf(world).map(({ id, taskDefinitionArn }, index) => {
    const revision = Number(taskDefinitionArn.split(':').at(-1)) - 1;
    const imageDigest = digestOf(world.revisions[revision] ?? 0);
    return {
      taskArn: arn('ecs', `task/prod/${index}`),
      lastStatus: 'RUNNING',
      startedBy: id,
      taskDefinitionArn,
      stopCode: undefined,
      stoppedReason: undefined,
      containers: [{ name: 'app', imageDigest, exitCode: undefined, reason: undefined }],
    };
  });
}

/** Weights: of the PRIMARY's group, unless a shift or its rollback is half done. */
export function listenerOf(world: World, which: 'production' | 'test'): Listener {
  const primary = world.deployments[world.primary]?.group ?? 0;
  const open = world.deployments.find(
    (one, index) =>
      index !== world.primary && hasTaskSet(world, index) && one.reached !== 'created',
  );
  const moved = open !== undefined && (which === 'test' || open.reached === 'shifting');
  const share = which === 'test' ? 100 : 50;
  const other = moved ? share : 0;
  const listenerArn = `arn:listener/${which}`;
  const weights = {
    [groupArns[primary] ?? '']: 100 - other,
    [groupArns[1 - primary] ?? '']: other,
  };
  return {
    listenerArn,
    protocol: 'HTTP',
    port: which === 'test' ? 8080 : 80,
    host: 'shop.elb.test',
    forwardings: [{ arn: listenerArn, weights }],
  };
}

export function configOfScenario(scenario: Scenario): Config {
  return { freezes: [], services: [serviceOf(scenario)] };
}
