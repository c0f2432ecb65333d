import type { ClusterField, Cluster as ClusterShape } from '@aws-sdk/client-ecs';
import type { Cluster } from './cluster.ts';
import type { EcsModel } from './model.ts';
import { tagList } from './tags.ts';
import type { Task } from './task.ts';

/** The Cluster shape; what `include` does not name is empty (API reference, DescribeClusters). */
export function describeCluster(
  model: EcsModel,
  cluster: Cluster,
  include: readonly ClusterField[],
): ClusterShape {
  const tasks = model.tasks.ofCluster(cluster);
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const pending = tasks.filter(({ isStarting }) => isStarting);
  const onInstances = (some: readonly Task[]) => some.filter(({ placement }) => placement).length;
  const services = model.services.ofCluster(cluster);
  const count = (status: string) => services.filter((service) => service.status === status).length;
  const { configuration, serviceConnectDefaults } = cluster;
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: model.placements.instances.ofCluster(cluster).length,
    runningTasksCount: running.length,
    pendingTasksCount: pending.length,
    activeServicesCount: count('ACTIVE'),
    statistics: include.includes('STATISTICS')
      ? statistics({
          running: running.length,
          runningOnInstances: onInstances(running),
          pending: pending.length,
          pendingOnInstances: onInstances(pending),
          active: count('ACTIVE'),
          draining: count('DRAINING'),
        })
      : [],
    tags: include.includes('TAGS') ? tagList(cluster.tags) : [],
    settings: include.includes('SETTINGS')
      ? cluster.settings.map(({ name, value }) => ({ name: name as 'containerInsights', value }))
      : [],
    ...(include.includes('CONFIGURATIONS') && configuration && { configuration }),
    capacityProviders: [...cluster.capacityProviders],
    defaultCapacityProviderStrategy: [...cluster.defaultCapacityProviderStrategy],
    ...(include.includes('ATTACHMENTS') && { attachments: [] }),
    ...(serviceConnectDefaults && { serviceConnectDefaults }),
  };
}

/** All names that AWS answers; services count as Fargate's (API reference, Cluster). */
function statistics(counts: {
  readonly running: number;
  readonly runningOnInstances: number;
  readonly pending: number;
  readonly pendingOnInstances: number;
  readonly active: number;
  readonly draining: number;
}) {
  const values: Readonly<Record<string, number>> = {
    runningEC2TasksCount: counts.runningOnInstances,
    runningFargateTasksCount: counts.running - counts.runningOnInstances,
    pendingEC2TasksCount: counts.pendingOnInstances,
    pendingFargateTasksCount: counts.pending - counts.pendingOnInstances,
    runningExternalTasksCount: 0,
    pendingExternalTasksCount: 0,
    activeEC2ServiceCount: 0,
    activeFargateServiceCount: counts.active,
    drainingEC2ServiceCount: 0,
    drainingFargateServiceCount: counts.draining,
    activeExternalServiceCount: 0,
    drainingExternalServiceCount: 0,
  };
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
}
