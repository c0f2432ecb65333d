import {
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import type { Arena } from './arena.ts';
import { text } from './observe-executions.ts';
import { readRecord } from './observe-outcomes.ts';
import type { ObservedDeployment } from './reality.ts';

/** GetDeployment tells of an AppSpec its hash only, so that the image is the execution's that it belongs to. */
type WithoutDigest = Omit<ObservedDeployment, 'digest'>;

/** Deployments of the group, whoever started them, oldest first. */
export async function observeDeployments(arena: Arena, sinceMs: number): Promise<WithoutDigest[]> {
  const { aws, names } = arena;
  const { deployments = [] } = await aws.codeDeploy.send(
    new ListDeploymentsCommand({
      applicationName: names.application,
      deploymentGroupName: names.deploymentGroup,
      createTimeRange: { start: new Date(sinceMs) },
    }),
  );
  const observed = await Promise.all(deployments.map((id) => observe(arena, id)));
  return observed.sort((a, b) => a.createdAtMs - b.createdAtMs);
}

async function observe(arena: Arena, deploymentId: string): Promise<WithoutDigest> {
  const { codeDeploy } = arena.aws;
  const { deploymentInfo: info } = await codeDeploy.send(
    new GetDeploymentCommand({ deploymentId }),
  );
  const record = await readRecord(arena, `deployments/${deploymentId}/record.json`);
  return {
    id: deploymentId,
    status: info?.status ?? '',
    creator: info?.creator ?? '',
    description: info?.description ?? '',
    createdAtMs: info?.createTime?.getTime() ?? 0,
    endedAtMs: info?.completeTime?.getTime(),
    trafficAtMs: await trafficBegan(arena, deploymentId),
    recorded: text(record, 'outcome') || undefined,
  };
}

async function trafficBegan({ aws }: Arena, deploymentId: string): Promise<number | undefined> {
  const { targetIds = [] } = await aws.codeDeploy.send(
    new ListDeploymentTargetsCommand({ deploymentId }),
  );
  const [targetId] = targetIds;
  if (targetId === undefined) return undefined;
  const { deploymentTarget } = await aws.codeDeploy.send(
    new GetDeploymentTargetCommand({ deploymentId, targetId }),
  );
  const events = deploymentTarget?.ecsTarget?.lifecycleEvents ?? [];
  const traffic = events.find(({ lifecycleEventName }) => lifecycleEventName === 'AllowTraffic');
  return traffic?.startTime?.getTime();
}
