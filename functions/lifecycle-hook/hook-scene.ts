import { carriedLoadBalancing } from '../core/balancing/carried-load-balancing.ts';
import { readBalancerFacts } from '../core/balancing/read-balancer-facts.ts';
import type { Config } from '../core/config/schema.ts';
import type { CodeDeployServiceConfig } from '../core/config/strategy-of.ts';
import { ResourceNotFoundError } from '../core/errors.ts';
import { findHookedService } from '../core/hooks/find-hooked-service.ts';
import type { TargetGroupRoles } from '../core/hooks/target-group-roles.ts';
import { replacementTaskSet, targetGroupRoles } from '../core/hooks/target-group-roles.ts';
import { patientPort } from '../core/patience/patience.ts';
import type { Alarms } from '../core/ports/alarms.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { CustomChecks } from '../core/ports/custom-checks.ts';
import type { Deployment, DeploymentGroup, Deployments } from '../core/ports/deployments.ts';
import type { EcsService, EcsServices, TaskSet } from '../core/ports/ecs-services.ts';
import type { GrpcHealthTransport } from '../core/ports/grpc-health-transport.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { LoadBalancing, TargetGroup } from '../core/ports/load-balancing.ts';
import type { Log } from '../core/ports/log.ts';
import type { ProbeTransport } from '../core/ports/probe-transport.ts';
import type { Records } from '../core/ports/records.ts';
import type { Secrets } from '../core/ports/secrets.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import type { WebSocketTransport } from '../core/ports/web-socket-transport.ts';

/** What judging needs; all of it is cut short by `signal`. */
export interface JudgeDeps {
  readonly config: Config;
  readonly deployments: Pick<Deployments, 'get' | 'group' | 'target'>;
  readonly services: EcsServices;
  readonly taskDefinitions: Pick<TaskDefinitions, 'describe'>;
  readonly images: Pick<ImageRegistry, 'readManifest'>;
  readonly loadBalancing: LoadBalancing;
  /** Gives a throttled call up at once: for what ECS can tell as well. */
  readonly spareBalancing: Pick<LoadBalancing, 'targetHealth'>;
  /** For what preflight found already. */
  readonly records: Pick<Records, 'read'>;
  readonly alarms: Alarms;
  readonly probe: ProbeTransport;
  readonly webSocket: WebSocketTransport;
  readonly grpcHealth: GrpcHealthTransport;
  readonly secrets: Secrets;
  readonly customChecks: CustomChecks;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Everything a hook knows of its deployment, derived from its id alone (design D6). */
export interface HookScene {
  readonly deploymentId: string;
  readonly deployment: Deployment;
  readonly service: CodeDeployServiceConfig;
  readonly group: DeploymentGroup;
  readonly ecsService: EcsService;
  /** Asks for nothing that preflight found already. */
  readonly loadBalancing: LoadBalancing;
  readonly replacement: TaskSet | undefined;
  readonly pair: readonly TargetGroup[];
  /** Undefined when nothing tells which group of the pair serves whom. */
  readonly roles: TargetGroupRoles | undefined;
}

/**
 * Looks up deployment, service and groups. Throws ResourceNotFoundError for an unknown deployment or service
 * and InvalidConfigError for a deployment group that the configuration does not name.
 */
export async function openHookScene(deploymentId: string, deps: JudgeDeps): Promise<HookScene> {
  const deployment = await deps.deployments.get(deploymentId);
  if (deployment === undefined) {
    throw new ResourceNotFoundError(
      `Cannot judge deployment ${deploymentId}: CodeDeploy knows no deployment of that id`,
    );
  }
  const service = findHookedService(deps.config, deployment);
  const { cluster, service: name } = service.target;
  const [group, ecsService, target, facts] = await Promise.all([
    deps.deployments.group(deployment.application, deployment.deploymentGroup),
    deps.services.describeService(cluster, name),
    deps.deployments.target(deploymentId),
    readBalancerFacts(service.name, deps),
  ]);
  if (ecsService === undefined) {
    throw new ResourceNotFoundError(
      `Cannot judge deployment ${deploymentId}: ECS has no service "${name}" in cluster "${cluster}"`,
    );
  }
  const loadBalancing = carriedLoadBalancing(patientPort(deps.loadBalancing, deps), facts);
  const behind = ecsService.taskSets.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const pair = await loadBalancing.targetGroups(group.targetGroupNames, behind);
  return {
    deploymentId,
    deployment,
    service,
    group,
    ecsService,
    loadBalancing,
    replacement: replacementTaskSet(ecsService, deploymentId),
    pair,
    roles: targetGroupRoles(pair, deploymentId, ecsService, target),
  };
}
