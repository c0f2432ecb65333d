import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
} from '@aws-sdk/client-ecs';
import type { Arena } from './arena.ts';
import { text } from './observe-executions.ts';
import { readRecord } from './observe-outcomes.ts';
import { imageDigest } from './observe-service.ts';
import type { ObservedDeployment, ObservedExecution } from './reality.ts';

interface Rollout {
  readonly id: string;
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number | undefined;
}

/** Service deployments of ECS, whoever started them, oldest first, told as if CodeDeploy had made them. */
export async function observeRollouts(
  arena: Arena,
  { sinceMs, taskDefinitionArn }: { readonly sinceMs: number; readonly taskDefinitionArn: string },
  executions: readonly ObservedExecution[],
): Promise<ObservedDeployment[]> {
  const rollouts = await listRollouts(arena, sinceMs);
  const waysBack = findWaysBack(rollouts, taskDefinitionArn);
  return Promise.all(
    rollouts.map(async (rollout) => {
      const { id, createdAtMs, endedAtMs } = rollout;
      const isWayBack = waysBack.has(rollout);
      const digest = await imageDigest(arena, rollout.taskDefinitionArn);
      const record = await readRecord(arena, `deployments/${id}/record.json`);
      return {
        id,
        digest: isWayBack ? undefined : digest,
        status: statusOf(rollout, rollouts, waysBack),
        isWayBack,
        description: describeAttempt(rollout, digest, executions),
        createdAtMs,
        endedAtMs,
        trafficAtMs: isWayBack ? undefined : createdAtMs,
        recorded: text(record, 'outcome') || undefined,
      };
    }),
  );
}

async function listRollouts({ aws, names }: Arena, sinceMs: number): Promise<Rollout[]> {
  const { cluster, service } = names.target;
  const { serviceDeployments = [] } = await aws.ecs.send(
    new ListServiceDeploymentsCommand({
      cluster,
      service,
      createdAt: { after: new Date(sinceMs) },
    }),
  );
  const arns = serviceDeployments.flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? []);
  if (arns.length === 0) return [];
  const { serviceDeployments: described = [] } = await aws.ecs.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }),
  );
  const rollouts = await Promise.all(
    described.map(
      async (one): Promise<Rollout> => ({
        id: one.serviceDeploymentArn?.split('/').at(-1) ?? '',
        status: one.status ?? '',
        taskDefinitionArn: await taskDefinitionOf(aws.ecs, one),
        createdAtMs: one.createdAt?.getTime() ?? 0,
        endedAtMs: one.finishedAt?.getTime(),
      }),
    ),
  );
  return rollouts.sort((a, b) => a.createdAtMs - b.createdAtMs);
}

async function taskDefinitionOf(
  ecs: Arena['aws']['ecs'],
  { targetServiceRevision }: ServiceDeployment,
): Promise<string> {
  const { serviceRevisions = [] } = await ecs.send(
    new DescribeServiceRevisionsCommand({
      serviceRevisionArns: [targetServiceRevision?.arn ?? ''],
    }),
  );
  return serviceRevisions[0]?.taskDefinition ?? '';
}

/** A rollout of what served before the one that succeeded just before it; ECS itself goes back without one. */
function findWaysBack(rollouts: readonly Rollout[], servedFirst: string): ReadonlySet<Rollout> {
  const waysBack = new Set<Rollout>();
  let serving = servedFirst;
  let servedBefore: string | undefined;
  for (const rollout of rollouts) {
    if (rollout.taskDefinitionArn === servedBefore) {
      waysBack.add(rollout);
      [serving, servedBefore] = [servedBefore, undefined];
    } else if (rollout.status === 'SUCCESSFUL') {
      [serving, servedBefore] = [rollout.taskDefinitionArn, serving];
    } else {
      servedBefore = undefined;
    }
  }
  return waysBack;
}

/** One that succeeded and was taken back has failed. */
function statusOf(
  rollout: Rollout,
  rollouts: readonly Rollout[],
  waysBack: ReadonlySet<Rollout>,
): string {
  const next = rollouts[rollouts.indexOf(rollout) + 1];
  const takenBack = next !== undefined && waysBack.has(next);
  switch (rollout.status) {
    case 'SUCCESSFUL':
      return takenBack ? 'Failed' : 'Succeeded';
    case 'ROLLBACK_SUCCESSFUL':
    case 'ROLLBACK_FAILED':
      return 'Failed';
    case 'STOPPED':
      return 'Stopped';
    default:
      return rollout.status;
  }
}

/** UpdateService takes no description: by image and time, a push has an image of its own here. */
function describeAttempt(
  { id, createdAtMs }: Rollout,
  digest: string,
  executions: readonly ObservedExecution[],
): string {
  const execution = executions.find((one) => one.digest === digest);
  if (execution === undefined) return `nobody's rollout ${id}`;
  const { name, redriveCount, redrivenAtMs } = execution;
  const attempt =
    redrivenAtMs !== undefined && createdAtMs < redrivenAtMs ? redriveCount - 1 : redriveCount;
  return `greengate ${name} redrive ${attempt}`;
}
