import {
  type DeploymentConfiguration,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment as SdkServiceDeployment,
  type ServiceDeploymentStatus,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type {
  Rollout,
  RolloutRequest,
  ServiceDeployment,
  ServiceDeployments,
} from '../core/ports/service-deployments.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { onceUnlessThrottled, unlessUncertain } from './once-unless-throttled.ts';

/** Describing takes at most this many ARNs (aws-facts 2.2). */
const mostDescribed = 20;
/** The largest page (aws-facts 2.9): a service with more rollouts than these in its window is shown its page only. */
const mostListed = 100;

const unfinished: ServiceDeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
];

/** Rolling updates through the service deployments of ECS (aws-facts 2.9). */
export function ecsServiceDeployments(client: ECSClient, signal?: AbortSignal): ServiceDeployments {
  const options = signal === undefined ? {} : { abortSignal: signal };

  async function arnsOf(
    cluster: string,
    service: string,
    filter: { status: ServiceDeploymentStatus[] } | { createdAt: { after: Date } },
  ): Promise<string[]> {
    const input = { cluster, service, maxResults: mostListed, ...filter };
    const { serviceDeployments = [] } = await callAws(
      { action: 'ecs:ListServiceDeployments', resource: `${cluster}/${service}` },
      () => client.send(new ListServiceDeploymentsCommand(input), options),
    );
    return serviceDeployments.flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? []);
  }

  async function describe(arns: readonly string[]): Promise<ServiceDeployment[]> {
    if (arns.length === 0) return [];
    if (arns.length > mostDescribed) {
      const first = await describe(arns.slice(0, mostDescribed));
      return [...first, ...(await describe(arns.slice(mostDescribed)))];
    }
    const { serviceDeployments = [] } = await callAws(
      { action: 'ecs:DescribeServiceDeployments', resource: arns.join(', ') },
      () =>
        client.send(
          new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [...arns] }),
          options,
        ),
    );
    return serviceDeployments.map(fromSdk);
  }

  async function taskDefinitions(arns: readonly string[]): Promise<[string, string][]> {
    if (arns.length === 0) return [];
    const asked = arns.slice(0, mostDescribed);
    const { serviceRevisions = [] } = await callAws(
      { action: 'ecs:DescribeServiceRevisions', resource: asked.join(', ') },
      () =>
        client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: asked }), options),
    );
    return [
      ...serviceRevisions.map(
        ({ serviceRevisionArn = '', taskDefinition = '' }): [string, string] => [
          serviceRevisionArn,
          taskDefinition,
        ],
      ),
      ...(await taskDefinitions(arns.slice(mostDescribed))),
    ];
  }

  async function withTaskDefinitions(found: readonly ServiceDeployment[]): Promise<Rollout[]> {
    const arns = [...new Set(found.map(({ target }) => target.revisionArn))];
    const byArn = new Map(await taskDefinitions(arns));
    return found.map((one) => ({
      ...one,
      taskDefinitionArn: byArn.get(one.target.revisionArn) ?? '',
    }));
  }

  /** Members of the configuration that UpdateService is not given might be reset, so all of it is (no source says). */
  async function settingsOf({ cluster, service }: RolloutRequest) {
    const { services = [] } = await callAws(
      { action: 'ecs:DescribeServices', resource: `${cluster}/${service}` },
      () => client.send(new DescribeServicesCommand({ cluster, services: [service] }), options),
    );
    return services[0]?.deploymentConfiguration;
  }

  return {
    async list(cluster, service, sinceMs) {
      const [recent, active] = await Promise.all([
        arnsOf(cluster, service, { createdAt: { after: new Date(sinceMs) } }),
        arnsOf(cluster, service, { status: unfinished }),
      ]);
      const arns = [...new Set([...recent, ...active])];
      const found = await withTaskDefinitions(await describe(arns));
      return found.sort((a, b) => b.createdAtMs - a.createdAtMs);
    },

    async get(arn) {
      const [found] = await describe([arn]);
      return found;
    },

    async start(request) {
      const { cluster, service, taskDefinitionArn, healthCheckGracePeriodSeconds } = request;
      const command = new UpdateServiceCommand({
        cluster,
        service,
        taskDefinition: taskDefinitionArn,
        deploymentConfiguration: configured(await settingsOf(request), request),
        ...(healthCheckGracePeriodSeconds === undefined ? {} : { healthCheckGracePeriodSeconds }),
        // Also where the service names this revision already: an attempt is a rollout of its own.
        forceNewDeployment: true,
      });
      // High: around the SDK's reading, and inside its retries.
      command.middlewareStack.add(onceUnlessThrottled(), { step: 'deserialize', priority: 'high' });
      await callAws({ action: 'ecs:UpdateService', resource: `${cluster}/${service}` }, () =>
        unlessUncertain(() => client.send(command, options)),
      );
    },

    async stop(arn) {
      try {
        await callAws({ action: 'ecs:StopServiceDeployment', resource: arn }, () =>
          client.send(
            new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }),
            options,
          ),
        );
        return 'stopping';
      } catch (error) {
        if (awsErrorName(error) !== 'ConflictException') throw error;
        const [known] = await describe([arn]);
        const over = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];
        if (known !== undefined && over.includes(known.status)) return 'already-completed';
        throw error;
      }
    },
  };
}

/** The service's own settings with what the request says; a rollout that fails always goes back (promise P3). */
function configured(
  own: DeploymentConfiguration | undefined,
  { minimumHealthyPercent, maximumPercent, circuitBreaker, alarms }: RolloutRequest,
): DeploymentConfiguration {
  return {
    ...own,
    ...(minimumHealthyPercent === undefined ? {} : { minimumHealthyPercent }),
    ...(maximumPercent === undefined ? {} : { maximumPercent }),
    deploymentCircuitBreaker: {
      ...own?.deploymentCircuitBreaker,
      enable: circuitBreaker,
      rollback: circuitBreaker,
    },
    ...(alarms === undefined
      ? {}
      : { alarms: { alarmNames: alarms, enable: true, rollback: true } }),
  };
}

function fromSdk(found: SdkServiceDeployment): ServiceDeployment {
  const { targetServiceRevision, rollback, deploymentCircuitBreaker: breaker } = found;
  return {
    arn: found.serviceDeploymentArn ?? '',
    status: found.status ?? '',
    statusReason: found.statusReason,
    createdAtMs: found.createdAt?.getTime() ?? 0,
    finishedAtMs: found.finishedAt?.getTime(),
    target: {
      revisionArn: targetServiceRevision?.arn ?? '',
      requestedTaskCount: targetServiceRevision?.requestedTaskCount ?? 0,
      runningTaskCount: targetServiceRevision?.runningTaskCount ?? 0,
      pendingTaskCount: targetServiceRevision?.pendingTaskCount ?? 0,
    },
    rollback: rollback && {
      reason: rollback.reason,
      serviceRevisionArn: rollback.serviceRevisionArn,
    },
    failures:
      breaker?.threshold === undefined
        ? undefined
        : { count: breaker.failureCount ?? 0, threshold: breaker.threshold },
    triggeredAlarmNames: found.alarms?.triggeredAlarmNames ?? [],
  };
}
