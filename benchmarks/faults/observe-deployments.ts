import {
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import type { CodeDeployTarget } from '../../functions/core/config/target-schema.ts';
import type { Arena } from './arena.ts';
import { text } from './observe-executions.ts';
import { readRecord } from './observe-outcomes.ts';
import type { ObservedDeployment, ObservedExecution } from './reality.ts';

/** GetDeployment tells of an AppSpec its hash only, so that the image is the execution's that it belongs to. */
type WithoutDigest = Omit<ObservedDeployment, 'digest'>;

/** Deployments of the group, whoever started them, oldest first. */
export async function observeDeployments(
  arena: Arena,
  target: CodeDeployTarget,
  sinceMs: number,
  executions: readonly ObservedExecution[],
): Promise<ObservedDeployment[]> {
  const { deployments = [] } = await arena.aws.codeDeploy.send(
    new ListDeploymentsCommand({
      applicationName: target.application,
      deploymentGroupName: target.deploymentGroup,
      createTimeRange: { start: new Date(sinceMs) },
    }),
  );
  const observed = await Promise.all(deployments.map((id) => observe(arena, id)));
  return observed
    .sort((a, b) => a.createdAtMs - b.createdAtMs)
    .map((one) => ({
      ...one,
      digest: executions.find(({ name }) => one.description.includes(` ${name} `))?.digest,
    }));
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
    isWayBack: info?.creator === 'codeDeployRollback',
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
