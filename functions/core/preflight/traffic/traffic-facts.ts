import { isRollingTarget } from '../../config/strategy-of.ts';
import { isTerminal } from '../../deployment/status.ts';
import { hookLifecycleEvents } from '../../lifecycle-events.ts';
import type { AlarmInspection, AlarmSettings } from '../../ports/alarm-settings.ts';
import type {
  BalancerInspection,
  InspectedBalancer,
  InspectedForwarding,
  InspectedListener,
  InspectedTargetGroup,
} from '../../ports/balancer-inspection.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ContainerInstance, ContainerInstances } from '../../ports/container-instances.ts';
import type {
  DeploymentGroupSettings,
  DeploymentGroups,
  TrafficShift,
} from '../../ports/deployment-groups.ts';
import type { Deployment, Deployments } from '../../ports/deployments.ts';
import type { HookFunction, HookFunctions } from '../../ports/hook-functions.ts';
import type { Network, SecurityGroup, Subnet } from '../../ports/network.ts';
import type { RolePermissions, SimulatedPermission } from '../../ports/role-permissions.ts';
import type { ScalingInspection, ServiceScaling } from '../../ports/service-scaling.ts';
import { codeDeployTarget } from '../code-deploy-target.ts';
import { memoised, memoisedBy } from '../memoised.ts';
import type { PreflightSubject } from '../preflight-subject.ts';
import type { ReleaseFacts } from '../release/release-facts.ts';
import { SkipCheck } from '../skip-check.ts';
import { type ObservedInstall, observedInstall } from './observed-install.ts';

/** Ports that only the traffic half reads. */
export interface TrafficPorts {
  readonly deploymentGroups: DeploymentGroups;
  readonly deployments: Pick<Deployments, 'list' | 'target'>;
  readonly balancers: BalancerInspection;
  readonly alarmSettings: AlarmInspection;
  readonly network: Network;
  readonly scaling: ScalingInspection;
  readonly hookFunctions: HookFunctions;
  readonly rolePermissions: RolePermissions;
  readonly containerInstances: ContainerInstances;
  readonly clock: Clock;
  /** The hooks' names without the lifecycle event, e.g. `CodeDeployHook_Greengate_`. */
  readonly hookNamePrefix: string;
}

export interface NamedHook {
  readonly name: string;
  /** Undefined when there is no function of that name. */
  readonly found: HookFunction | undefined;
}

/**
 * What the traffic half of the checks reads, each fact fetched at most once. Facts that hang on something
 * missing throw SkipCheck: the check that is about the missing thing is the NG.
 */
export interface TrafficFacts {
  /** Undefined when CodeDeploy has no such application or group. */
  deploymentGroup(): Promise<DeploymentGroupSettings | undefined>;
  /** The group; SkipCheck without it. */
  existingGroup(): Promise<DeploymentGroupSettings>;
  shift(): Promise<TrafficShift>;
  activeDeployments(): Promise<Deployment[]>;
  /** How long the last Install took; undefined when no record tells. */
  observedInstall(): Promise<ObservedInstall | undefined>;
  /** Those of the deployment group's target groups that are there; of a rolling update the service's own. */
  targetGroups(): Promise<InspectedTargetGroup[]>;
  /** The group behind which production is; SkipCheck when it is none of the pair. */
  primaryTargetGroup(): Promise<InspectedTargetGroup>;
  /** Production listener first; those that are there. */
  listeners(): Promise<InspectedListener[]>;
  /** SkipCheck without one. */
  testListener(): Promise<InspectedListener>;
  loadBalancer(): Promise<InspectedBalancer>;
  forwardings(listenerArn: string): Promise<InspectedForwarding[]>;
  deregistrationDelaySeconds(targetGroupArn: string): Promise<number>;
  alarms(names: readonly string[]): Promise<AlarmSettings[]>;
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  securityGroups(ids: readonly string[]): Promise<SecurityGroup[]>;
  natAddresses(vpcId: string): Promise<string[]>;
  /** Undefined without auto scaling. */
  scaling(): Promise<ServiceScaling | undefined>;
  /** In the order of the lifecycle events. */
  hooks(): Promise<NamedHook[]>;
  /** What CodeDeploy's role may do. */
  roleMay(
    action: string,
    resources: readonly string[],
    context?: Readonly<Record<string, string>>,
  ): Promise<SimulatedPermission[]>;
  containerInstances(): Promise<ContainerInstance[]>;
}

/** What the traffic half of the checks sees: its own facts and a few of the release half. */
export type TrafficCheckFacts = TrafficFacts &
  Pick<
    ReleaseFacts,
    'subject' | 'existingService' | 'primaryTaskSet' | 'serving' | 'runningTaskDefinition'
  >;

export function trafficFacts(
  subject: PreflightSubject,
  ports: TrafficPorts,
  release: Pick<ReleaseFacts, 'existingService' | 'primaryTaskSet' | 'serving'>,
): TrafficFacts {
  const { target } = subject.service;
  const { cluster, service } = target;
  const group = memoised(async () => {
    const { application, deploymentGroup } = codeDeployTarget(subject);
    return ports.deploymentGroups.settings(application, deploymentGroup);
  });
  const existingGroup = async () => {
    const { application, deploymentGroup } = codeDeployTarget(subject);
    return (
      (await group()) ?? skip(`There is no deployment group "${application}/${deploymentGroup}"`)
    );
  };
  const targetGroups = memoised(async () => {
    if (isRollingTarget(target)) {
      const { rolling } = await release.existingService();
      return ports.balancers.targetGroups((rolling?.targetGroupArns ?? []).map(targetGroupName));
    }
    return ports.balancers.targetGroups((await existingGroup()).targetGroupNames);
  });
  const listeners = memoised(async () => {
    const { productionListenerArn, testListenerArn } = await existingGroup();
    const arns = [productionListenerArn, testListenerArn].filter((arn) => arn !== undefined);
    return arns.length === 0 ? [] : ports.balancers.listeners(arns);
  });
  const ids = (of: readonly string[]) => [...new Set(of)].toSorted();
  const byIds = <T>(read: (of: readonly string[]) => Promise<T>) =>
    memoisedBy(
      (of: readonly string[]) => ids(of).join(' '),
      (of) => read(ids(of)),
    );
  return {
    deploymentGroup: group,
    existingGroup,
    shift: memoised(async () =>
      ports.deploymentGroups.shift((await existingGroup()).deploymentConfigName),
    ),
    activeDeployments: memoised(async () => {
      await existingGroup();
      const { application, deploymentGroup } = codeDeployTarget(subject);
      const found = await ports.deployments.list(application, deploymentGroup, ports.clock.now());
      return found.filter((deployment) => !isTerminal(deployment));
    }),
    observedInstall: memoised(async () =>
      isRollingTarget(target)
        ? undefined
        : observedInstall((await release.primaryTaskSet()).externalId, ports.deployments),
    ),
    targetGroups,
    async primaryTargetGroup() {
      const [{ targetGroupArn }, groups] = await Promise.all([
        isRollingTarget(target) ? release.serving() : release.primaryTaskSet(),
        targetGroups(),
      ]);
      const reason = isRollingTarget(target)
        ? 'The service has no target group to look at'
        : 'The PRIMARY task set is behind neither target group of the deployment group';
      return groups.find(({ arn }) => arn === targetGroupArn) ?? skip(reason);
    },
    listeners,
    async testListener() {
      const { deploymentGroup } = codeDeployTarget(subject);
      const { testListenerArn } = await existingGroup();
      const found = (await listeners()).find(({ arn }) => arn === testListenerArn);
      const missing = testListenerArn === undefined ? 'has no' : 'names a missing';
      return found ?? skip(`Deployment group "${deploymentGroup}" ${missing} test listener`);
    },
    loadBalancer: memoised(async () => {
      const arn = isRollingTarget(target)
        ? (await targetGroups())[0]?.loadBalancerArns[0]
        : (await listeners())[0]?.loadBalancerArn;
      if (arn === undefined) return skip('There is no listener to look at');
      return (await ports.balancers.loadBalancer(arn)) ?? skip(`There is no load balancer ${arn}`);
    }),
    forwardings: memoisedBy(
      (arn) => arn,
      (arn) => ports.balancers.forwardings(arn),
    ),
    deregistrationDelaySeconds: memoisedBy(
      (arn) => arn,
      (arn) => ports.balancers.deregistrationDelaySeconds(arn),
    ),
    alarms: byIds((names) => ports.alarmSettings.describe(names)),
    subnets: byIds((of) => ports.network.subnets(of)),
    securityGroups: byIds((of) => ports.network.securityGroups(of)),
    natAddresses: memoisedBy(
      (vpcId) => vpcId,
      (vpcId) => ports.network.natAddresses(vpcId),
    ),
    scaling: memoised(() => ports.scaling.ofService(cluster, service)),
    hooks: memoised(() =>
      Promise.all(
        hookLifecycleEvents.map(async (lifecycleEvent) => {
          const name = `${ports.hookNamePrefix}${lifecycleEvent}`;
          return { name, found: await ports.hookFunctions.describe(name) };
        }),
      ),
    ),
    async roleMay(action, resources, context) {
      const { serviceRoleArn } = await existingGroup();
      return ports.rolePermissions.simulate(serviceRoleArn, action, resources, context);
    },
    containerInstances: memoised(() => ports.containerInstances.list(cluster)),
  };
}

/** `arn:…:targetgroup/NAME/ID`. */
function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? '';
}

function skip(reason: string): never {
  throw new SkipCheck(reason);
}
