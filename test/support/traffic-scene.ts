import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import type { AlarmSettings } from '../../functions/core/ports/alarm-settings.ts';
import type {
  InspectedBalancer,
  InspectedForwarding,
  InspectedListener,
  InspectedTargetGroup,
} from '../../functions/core/ports/balancer-inspection.ts';
import type { ContainerInstance } from '../../functions/core/ports/container-instances.ts';
import type {
  DeploymentGroupSettings,
  TrafficShift,
} from '../../functions/core/ports/deployment-groups.ts';
import type { EcsService } from '../../functions/core/ports/ecs-services.ts';
import type { HookFunction } from '../../functions/core/ports/hook-functions.ts';
import type { SecurityGroup, Subnet } from '../../functions/core/ports/network.ts';
import type { ServiceScaling } from '../../functions/core/ports/service-scaling.ts';
import type { TaskDefinitionDocument } from '../../functions/core/ports/task-definitions.ts';
import { SkipCheck } from '../../functions/core/preflight/skip-check.ts';
import {
  type TrafficCheckFacts,
  type TrafficFacts,
  type TrafficPorts,
  trafficFacts,
} from '../../functions/core/preflight/traffic/traffic-facts.ts';
import { servingWorkload } from '../../functions/core/workflow/serving-workload.ts';
import { digestOf, serviceConfig } from './builders/releases.ts';
import {
  balancerArn,
  everythingOut,
  forwarding,
  hook,
  hookNamePrefix,
  listenerArns,
  targetGroup,
  tcpRule,
} from './builders/traffic.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FakeDeployments } from './fakes/fake-deployments.ts';
import { codeDeployService, taskSet } from './fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from './fakes/fake-load-balancing.ts';

/**
 * A service on which the traffic half of preflight finds nothing wrong: internet-facing balancer, hooks in the
 * VPC behind one NAT gateway, original on blue. Tests spoil one thing each.
 */
export class TrafficScene {
  readonly deployments = new FakeDeployments();
  config = serviceConfig();
  service: EcsService | undefined = codeDeployService();
  document: TaskDefinitionDocument = {
    family: 'shop',
    cpu: '256',
    memory: '512',
    requiresCompatibilities: ['FARGATE'],
    executionRoleArn: 'arn:role/execution',
    taskRoleArn: 'arn:role/task',
    containerDefinitions: [{ name: 'app' }],
  };
  group: DeploymentGroupSettings | undefined = {
    deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    serviceRoleArn: 'arn:role/codedeploy',
    ecsService: {
      cluster: serviceConfig().target.cluster,
      service: serviceConfig().target.service,
    },
    targetGroupNames: [blueGroup.name, greenGroup.name],
    productionListenerArn: listenerArns.production,
    testListenerArn: listenerArns.test,
    rollbackEvents: [
      'DEPLOYMENT_FAILURE',
      'DEPLOYMENT_STOP_ON_ALARM',
      'DEPLOYMENT_STOP_ON_REQUEST',
    ],
    alarmNames: ['shop-5xx'],
    readyWaitMinutes: 0,
    terminationWaitMinutes: 5,
  };
  shift: TrafficShift = { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 };
  targetGroups: InspectedTargetGroup[] = [targetGroup(blueGroup), targetGroup(greenGroup)];
  listeners: InspectedListener[] = [
    { arn: listenerArns.production, loadBalancerArn: balancerArn, protocol: 'HTTP', port: 80 },
    { arn: listenerArns.test, loadBalancerArn: balancerArn, protocol: 'HTTP', port: 8080 },
  ];
  readonly forwardings = new Map<string, InspectedForwarding[]>(
    Object.values(listenerArns).map((arn) => [arn, [forwarding(arn, 100, 0)]]),
  );
  balancer: InspectedBalancer = {
    arn: balancerArn,
    host: 'shop.elb.test',
    type: 'application',
    scheme: 'internet-facing',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-public'],
    securityGroupIds: ['sg-balancer'],
  };
  deregistrationDelaySeconds = 30;
  alarms: AlarmSettings[] = [{ name: 'shop-5xx', state: 'OK', missingData: 'notBreaching' }];
  subnets: Subnet[] = [
    { id: 'subnet-a', vpcId: 'vpc-1', block: '10.0.4.0/22', freeAddresses: 1 },
    { id: 'subnet-b', vpcId: 'vpc-1', block: '10.0.8.0/22', freeAddresses: 1 },
    { id: 'subnet-public', vpcId: 'vpc-1', block: '10.0.0.0/24', freeAddresses: 200 },
    { id: 'subnet-hooks', vpcId: 'vpc-1', block: '10.0.12.0/24', freeAddresses: 200 },
  ];
  securityGroups: SecurityGroup[] = [
    {
      id: 'sg-balancer',
      inbound: [
        tcpRule(80, { blocks: ['0.0.0.0/0'] }),
        tcpRule(8080, { blocks: ['203.0.113.7/32'] }),
      ],
      outbound: [everythingOut],
    },
    {
      id: 'sg-tasks',
      inbound: [tcpRule(8080, { securityGroupIds: ['sg-balancer'] })],
      outbound: [everythingOut],
    },
    { id: 'sg-hooks', inbound: [], outbound: [everythingOut] },
  ];
  natAddresses = ['203.0.113.7'];
  scaling: ServiceScaling | undefined;
  hooks = new Map<string, HookFunction>(
    hookLifecycleEvents.map((event) => {
      const name = `${hookNamePrefix}${event}`;
      return [name, hook(name)];
    }),
  );
  /** `action resource` that IAM refuses. */
  readonly refused = new Set<string>();
  containerInstances: ContainerInstance[] = [];
  /** Names of the port calls, in order. */
  readonly calls: string[] = [];

  setService(changes: Partial<EcsService>): void {
    this.service = { ...codeDeployService(), ...this.service, ...changes };
  }

  setGroup(changes: Partial<DeploymentGroupSettings>): void {
    if (this.group !== undefined) this.group = { ...this.group, ...changes };
  }

  setHooks(changes: Partial<HookFunction>): void {
    for (const [name, one] of this.hooks) this.hooks.set(name, { ...one, ...changes });
  }

  facts(): TrafficCheckFacts {
    const subject = {
      service: this.config,
      repository: 'team/shop',
      tag: 'v2',
      digest: digestOf('2'),
    };
    const existingService = async () => {
      if (this.service === undefined) throw new SkipCheck('There is no service');
      return this.service;
    };
    const release: Omit<TrafficCheckFacts, keyof TrafficFacts> = {
      subject,
      existingService,
      primaryTaskSet: async () => {
        const { primaryTaskSet } = await existingService();
        if (primaryTaskSet === undefined) throw new SkipCheck('There is no PRIMARY task set');
        return primaryTaskSet;
      },
      serving: async () => {
        const found = servingWorkload(await existingService());
        if (found === undefined) throw new SkipCheck('Nothing serves production');
        return found;
      },
      runningTaskDefinition: async () => ({
        arn: taskSet().taskDefinitionArn,
        document: this.document,
        tags: [],
      }),
    };
    return { ...release, ...trafficFacts(subject, this.ports(), release) };
  }

  ports(): TrafficPorts {
    const called = <T>(name: string, answer: T): T => {
      this.calls.push(name);
      return answer;
    };
    const withIds = <T extends { readonly id: string }>(
      all: readonly T[],
      ids: readonly string[],
    ) => all.filter(({ id }) => ids.includes(id));
    return {
      deploymentGroups: {
        settings: async () => called('settings', this.group),
        shift: async () => called('shift', this.shift),
      },
      deployments: {
        list: (...query) => called('list', this.deployments.list(...query)),
        target: (id) => called('target', this.deployments.target(id)),
      },
      balancers: {
        listeners: async (arns) =>
          called(
            'listeners',
            this.listeners.filter(({ arn }) => arns.includes(arn)),
          ),
        forwardings: async (arn) => called(`forwardings ${arn}`, this.forwardings.get(arn) ?? []),
        loadBalancer: async () => called('loadBalancer', this.balancer),
        targetGroups: async () => called('targetGroups', this.targetGroups),
        deregistrationDelaySeconds: async (arn) =>
          called(`delay ${arn}`, this.deregistrationDelaySeconds),
      },
      alarmSettings: {
        describe: async (names) =>
          called(
            'alarms',
            this.alarms.filter(({ name }) => names.includes(name)),
          ),
      },
      network: {
        subnets: async (ids) => called(`subnets ${ids}`, withIds(this.subnets, ids)),
        securityGroups: async (ids) => called(`groups ${ids}`, withIds(this.securityGroups, ids)),
        natAddresses: async (vpcId) => called(`nat ${vpcId}`, this.natAddresses),
      },
      scaling: { ofService: async () => called('scaling', this.scaling) },
      hookFunctions: { describe: async (name) => called(`hook ${name}`, this.hooks.get(name)) },
      rolePermissions: {
        simulate: async (_role, action, resources) =>
          called(
            `simulate ${action}`,
            resources.map((resource) => ({
              resource,
              decision: this.refused.has(`${action} ${resource}`) ? 'implicitDeny' : 'allowed',
            })),
          ),
      },
      containerInstances: { list: async () => called('instances', this.containerInstances) },
      clock: new FakeClock(),
      hookNamePrefix,
    };
  }
}
