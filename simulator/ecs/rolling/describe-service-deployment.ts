import type {
  ServiceDeploymentBrief,
  ServiceDeployment as ServiceDeploymentShape,
  ServiceRevision as ServiceRevisionShape,
} from '@aws-sdk/client-ecs';
import { describeWorkload } from './describe-rolling.ts';
import type { RollingServices } from './rolling-services.ts';
import { isOver } from './service-deployments.ts';
import type { RevisionSummary, ServiceDeployment, ServiceRevision } from './state.ts';

/** The whole shape; counts are live until its end. */
export function describeServiceDeployment(
  services: RollingServices,
  known: ServiceDeployment,
): ServiceDeploymentShape {
  const live = isOver(known) ? undefined : liveCounts(services, known);
  const { rollback } = known;
  return {
    serviceDeploymentArn: known.arn,
    serviceArn: known.service.arn,
    clusterArn: known.service.cluster.arn,
    ...timesOf(known),
    ...(known.stoppedAtMs !== undefined && { stoppedAt: new Date(known.stoppedAtMs) }),
    updatedAt: new Date(known.updatedAtMs),
    sourceServiceRevisions: known.sourceSummaries.map(
      (source) => live?.find(({ arn }) => arn === source.arn) ?? source,
    ),
    targetServiceRevision: live?.find(({ arn }) => arn === known.target.arn) ?? {
      arn: known.target.arn,
      ...known.targetCounts,
    },
    status: known.status,
    ...(known.statusReason !== undefined && { statusReason: known.statusReason }),
    deploymentConfiguration: known.configuration,
    ...(rollback && {
      rollback: {
        reason: rollback.reason,
        startedAt: new Date(rollback.startedAtMs),
        serviceRevisionArn: rollback.serviceRevisionArn,
      },
    }),
    deploymentCircuitBreaker: {
      status: known.circuitBreaker,
      ...(known.circuitBreaker !== 'DISABLED' && {
        failureCount: known.failureCount,
        threshold: known.circuitBreakerThreshold,
      }),
    },
    alarms: {
      status: known.alarms,
      ...(known.alarms !== 'DISABLED' && {
        alarmNames: [...(known.configuration.alarms?.alarmNames ?? [])],
        triggeredAlarmNames: [...known.triggeredAlarms],
      }),
    },
  };
}

export function serviceDeploymentBrief(known: ServiceDeployment): ServiceDeploymentBrief {
  return {
    serviceDeploymentArn: known.arn,
    serviceArn: known.service.arn,
    clusterArn: known.service.cluster.arn,
    ...timesOf(known),
    targetServiceRevisionArn: known.target.arn,
    status: known.status,
    ...(known.statusReason !== undefined && { statusReason: known.statusReason }),
  };
}

/** Immutable; images show the digest that the first task of the revision resolved (aws-facts 2.9). */
export function describeServiceRevision(revision: ServiceRevision): ServiceRevisionShape {
  const { service, workload } = revision;
  const containers = workload.taskDefinition.document.containerDefinitions ?? [];
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    ...describeWorkload(workload),
    ...(workload.loadBalancers.length > 0 && { loadBalancers: [...workload.loadBalancers] }),
    ...(workload.serviceRegistries.length > 0 && {
      serviceRegistries: [...workload.serviceRegistries],
    }),
    containerImages: containers.map(({ name, image = '' }) => ({
      containerName: name,
      ...digestOf(revision.resolvedImages.get(image) ?? image),
      image,
    })),
    guardDutyEnabled: false,
    serviceConnectConfiguration: { enabled: false },
    createdAt: new Date(revision.createdAtMs),
  };
}

function timesOf({ createdAtMs, startedAtMs, finishedAtMs }: ServiceDeployment) {
  return {
    createdAt: new Date(createdAtMs),
    ...(startedAtMs !== undefined && { startedAt: new Date(startedAtMs) }),
    ...(finishedAtMs !== undefined && { finishedAt: new Date(finishedAtMs) }),
  };
}

function liveCounts(services: RollingServices, known: ServiceDeployment): RevisionSummary[] {
  const rolling = services.find(known.service);
  return (rolling?.deployments ?? []).map((deployment) => {
    const counts = rolling?.counts(deployment);
    return {
      arn: deployment.revision.arn,
      requestedTaskCount: deployment.status === 'PRIMARY' ? known.service.settings.desiredCount : 0,
      runningTaskCount: counts?.runningCount ?? 0,
      pendingTaskCount: counts?.pendingCount ?? 0,
    };
  });
}

function digestOf(image: string): { imageDigest?: string } {
  const [, imageDigest] = image.split('@');
  return imageDigest === undefined ? {} : { imageDigest };
}
