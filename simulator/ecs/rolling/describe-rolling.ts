import type {
  Deployment as DeploymentShape,
  ServiceCurrentRevisionSummary,
  Service as ServiceShape,
} from '@aws-sdk/client-ecs';
import { describeCapacity, usesInstances } from '../capacity-launches.ts';
import type { Service } from '../state.ts';
import type { RollingServices } from './rolling-services.ts';
import type { Deployment, Workload } from './state.ts';

/** Members of DescribeServices that only a rolling service fills. */
export function describeRolling(
  services: RollingServices,
  service: Service,
): Partial<ServiceShape> {
  const rolling = services.find(service);
  const deployments = rolling?.deployments ?? [];
  const workload = services.workload(service);
  const counts = deployments.map((deployment) => ({
    deployment,
    ...(rolling?.counts(deployment) ?? { runningCount: 0, pendingCount: 0 }),
  }));
  const current = services.rollout(service)?.current;
  return {
    ...(workload && describeWorkload(workload)),
    // The service itself says LATEST where its deployments say what that is.
    ...(workload && !usesInstances(workload) && { platformVersion: workload.platformVersion }),
    loadBalancers: [...(workload?.loadBalancers ?? [])],
    serviceRegistries: [...(workload?.serviceRegistries ?? [])],
    runningCount: counts.reduce((sum, { runningCount }) => sum + runningCount, 0),
    pendingCount: counts.reduce((sum, { pendingCount }) => sum + pendingCount, 0),
    deployments: counts.map(({ deployment, runningCount, pendingCount }) =>
      describeDeployment(deployment, {
        desiredCount:
          deployment.status === 'PRIMARY'
            ? service.settings.desiredCount
            : runningCount + pendingCount,
        runningCount,
        pendingCount,
      }),
    ),
    ...(current && { currentServiceDeployment: current.arn }),
    currentServiceRevisions: counts.map(
      ({ deployment, runningCount, pendingCount }): ServiceCurrentRevisionSummary => ({
        arn: deployment.revision.arn,
        requestedTaskCount: deployment.status === 'PRIMARY' ? service.settings.desiredCount : 0,
        runningTaskCount: runningCount,
        pendingTaskCount: pendingCount,
      }),
    ),
  };
}

function describeDeployment(
  deployment: Deployment,
  counts: Required<Pick<DeploymentShape, 'desiredCount' | 'runningCount' | 'pendingCount'>>,
): DeploymentShape {
  return {
    id: deployment.id,
    status: deployment.status,
    ...counts,
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAtMs),
    updatedAt: new Date(deployment.updatedAtMs),
    ...describeWorkload(deployment.revision.workload),
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

/** Members that services, deployments and revisions share; a platform version is shown as the number it stands for. */
export function describeWorkload(workload: Workload) {
  const { platformVersion, networkConfiguration } = workload;
  return {
    taskDefinition: workload.taskDefinition.arn,
    ...describeCapacity(workload),
    ...(!usesInstances(workload) && {
      platformVersion: platformVersion === 'LATEST' ? '1.4.0' : platformVersion,
      platformFamily: 'Linux',
    }),
    ...(networkConfiguration && { networkConfiguration }),
  };
}
