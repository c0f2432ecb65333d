import type { EcsDeployment, EcsService } from '../ports/ecs-services.ts';

/** What serves production, whoever deploys the service. */
export interface ServingWorkload {
  /** `startedBy` of its tasks: the id of a task set, or of a deployment of the ECS controller. */
  readonly id: string;
  readonly taskDefinitionArn: string;
  readonly targetGroupArn: string | undefined;
}

/** The PRIMARY task set under CODE_DEPLOY, the last completed deployment under ECS; undefined without one. */
export function servingWorkload({
  primaryTaskSet,
  rolling,
}: Pick<EcsService, 'primaryTaskSet' | 'rolling'>): ServingWorkload | undefined {
  if (rolling === undefined) return primaryTaskSet;
  const serving = servingDeployment(rolling);
  return serving && { ...serving, targetGroupArn: rolling.targetGroupArns[0] };
}

/** A rollout under way, or failed without a way back, is not yet what production relies on. */
export function servingDeployment({
  deployments,
}: {
  readonly deployments: readonly EcsDeployment[];
}): EcsDeployment | undefined {
  return (
    deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED') ??
    deployments.find(({ status }) => status === 'PRIMARY')
  );
}
