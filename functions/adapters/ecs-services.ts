import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  type Task as SdkTask,
  type TaskSet as SdkTaskSet,
  type Service,
} from '@aws-sdk/client-ecs';
import type {
  EcsService,
  EcsServices,
  RollingState,
  Task,
  TaskSet,
} from '../core/ports/ecs-services.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const ecsClient = once(() => new ECSClient(clientSettings));

/** DescribeTasks takes at most this many (ECS model). */
const tasksPerCall = 100;

export function ecsServices(client: ECSClient, signal?: AbortSignal): EcsServices {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async describeService(cluster, service) {
      const attempt = { action: 'ecs:DescribeServices', resource: `${cluster}/${service}` };
      try {
        const { services = [] } = await callAws(attempt, () =>
          client.send(new DescribeServicesCommand({ cluster, services: [service] }), options),
        );
        // A deleted service stays describable for a while: DRAINING, then INACTIVE.
        const found = services.find(({ status }) => status === 'ACTIVE');
        return found === undefined ? undefined : fromSdkService(found);
      } catch (error) {
        if (awsErrorName(error) === 'ClusterNotFoundException') return undefined;
        throw error;
      }
    },

    async listRunningTasks(cluster, service) {
      const attempt = { action: 'ecs:ListTasks', resource: `${cluster}/${service}` };
      const arns = await callAws(attempt, async () => {
        const found: string[] = [];
        const request = { cluster, serviceName: service, desiredStatus: 'RUNNING' } as const;
        for await (const page of paginateListTasks({ client }, request, options)) {
          found.push(...(page.taskArns ?? []));
        }
        return found;
      });
      const running: Task[] = [];
      for (let from = 0; from < arns.length; from += tasksPerCall) {
        const tasks = arns.slice(from, from + tasksPerCall);
        const output = await callAws(
          { action: 'ecs:DescribeTasks', resource: `${cluster}/${service}` },
          () => client.send(new DescribeTasksCommand({ cluster, tasks }), options),
        );
        // desiredStatus RUNNING includes tasks that are still being provisioned.
        running.push(...(output.tasks ?? []).map(fromSdkTask).filter(isRunning));
      }
      return running;
    },
  };
}

function isRunning(task: Task): boolean {
  return task.lastStatus === 'RUNNING';
}

function fromSdkService(service: Service): EcsService {
  const taskSets = (service.taskSets ?? []).map(fromSdkTaskSet);
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY');
  const balanced = primary?.loadBalancers?.[0] ?? service.loadBalancers?.[0];
  return {
    serviceArn: service.serviceArn ?? '',
    // Services made before the member existed have no controller: ECS itself.
    deploymentController: service.deploymentController?.type ?? 'ECS',
    desiredCount: service.desiredCount ?? 0,
    loadBalancedContainer:
      balanced?.containerName === undefined || balanced.containerPort === undefined
        ? undefined
        : { name: balanced.containerName, port: balanced.containerPort },
    ...placementOf(service, primary),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    primaryTaskSet: taskSets.find(({ status }) => status === 'PRIMARY'),
    taskSets,
    rolling: rollingState(service),
  };
}

/** Percentages that are not said are ECS's own (aws-facts 2.6). */
function rollingState(service: Service): RollingState | undefined {
  if ((service.deploymentController?.type ?? 'ECS') !== 'ECS') return undefined;
  const settings = service.deploymentConfiguration;
  const breaker = settings?.deploymentCircuitBreaker;
  return {
    deployments: (service.deployments ?? []).map((deployment) => ({
      id: deployment.id ?? '',
      status: deployment.status ?? '',
      taskDefinitionArn: deployment.taskDefinition ?? '',
      desiredCount: deployment.desiredCount ?? 0,
      runningCount: deployment.runningCount ?? 0,
      pendingCount: deployment.pendingCount ?? 0,
      rolloutState: deployment.rolloutState,
      createdAtMs: deployment.createdAt?.getTime() ?? 0,
    })),
    strategy: settings?.strategy ?? 'ROLLING',
    minimumHealthyPercent: settings?.minimumHealthyPercent ?? 100,
    maximumPercent: settings?.maximumPercent ?? 200,
    circuitBreaker: { enable: breaker?.enable ?? false, rollback: breaker?.rollback ?? false },
    alarmNames: settings?.alarms?.enable ? (settings.alarms.alarmNames ?? []) : [],
    targetGroupArns: (service.loadBalancers ?? []).flatMap(
      ({ targetGroupArn }) => targetGroupArn ?? [],
    ),
  };
}

/** Under CODE_DEPLOY it changes with each AppSpec, so the task set knows better than the service (aws-facts 2.3). */
function placementOf(
  service: Service,
  primary: SdkTaskSet | undefined,
): Pick<EcsService, 'launchType' | 'capacityProviders' | 'network'> {
  const placed = primary ?? service;
  const vpc = (primary?.networkConfiguration ?? service.networkConfiguration)?.awsvpcConfiguration;
  return {
    launchType: placed.launchType,
    capacityProviders: (placed.capacityProviderStrategy ?? []).flatMap(
      ({ capacityProvider }) => capacityProvider ?? [],
    ),
    network: vpc && {
      subnetIds: vpc.subnets ?? [],
      securityGroupIds: vpc.securityGroups ?? [],
    },
  };
}

function fromSdkTaskSet(taskSet: SdkTaskSet): TaskSet {
  return {
    id: taskSet.id ?? '',
    taskSetArn: taskSet.taskSetArn ?? '',
    externalId: taskSet.externalId,
    status: taskSet.status ?? '',
    taskDefinitionArn: taskSet.taskDefinition ?? '',
    computedDesiredCount: taskSet.computedDesiredCount ?? 0,
    pendingCount: taskSet.pendingCount ?? 0,
    runningCount: taskSet.runningCount ?? 0,
    stabilityStatus: taskSet.stabilityStatus ?? 'STABILIZING',
    targetGroupArn: taskSet.loadBalancers?.[0]?.targetGroupArn,
    createdAtMs: taskSet.createdAt?.getTime() ?? 0,
  };
}

function fromSdkTask(task: SdkTask): Task {
  return {
    taskArn: task.taskArn ?? '',
    lastStatus: task.lastStatus ?? '',
    startedBy: task.startedBy,
    taskDefinitionArn: task.taskDefinitionArn ?? '',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: (task.containers ?? []).map((container) => ({
      name: container.name ?? '',
      imageDigest: container.imageDigest,
      exitCode: container.exitCode,
      reason: container.reason,
    })),
  };
}
