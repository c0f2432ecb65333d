import type {
  CreateServiceCommandInput,
  CreateTaskSetCommandInput,
  LoadBalancer,
  NetworkConfiguration,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { arn, type Identity } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type {
  CreateTaskSetRequest,
  EcsService,
  EcsServiceView,
  TaskSetView,
} from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { Caller } from '../wire/operation.ts';
import { camelCase } from './camel-case.ts';
import { Clusters } from './clusters.ts';
import { requestedTaskSet } from './create-task-set.ts';
import { Placements } from './instances/placements.ts';
import { capacityOfReplacement, checkCapacity, requestedCapacity } from './requested-capacity.ts';
import { RollingServices } from './rolling/rolling-services.ts';
import type { Workload } from './rolling/state.ts';
import { createdWorkload } from './rolling/workload.ts';
import { checkRunnable } from './runnable.ts';
import { ServiceMetrics } from './service-metrics.ts';
import { checkServiceNeeds } from './service-needs.ts';
import { checkServiceRegistries } from './service-registries.ts';
import { checkLoadBalancer, invalidParameter } from './service-rules.ts';
import { Services, serviceNotFound } from './services.ts';
import type { Service, TaskSet } from './state.ts';
import { steadyState } from './steady-state.ts';
import { TaskDefinitions } from './task-definitions.ts';
import { TaskSets } from './task-sets.ts';
import { checkTargetType } from './task-target.ts';
import { Tasks } from './tasks.ts';

/** Elastic Container Service: Fargate services under the CODE_DEPLOY and ECS controllers (aws-facts 2). */
export class EcsModel implements EcsService {
  readonly clusters: Clusters;
  readonly taskDefinitions: TaskDefinitions;
  readonly services: Services;
  readonly tasks: Tasks;
  readonly placements: Placements;
  readonly taskSets: TaskSets;
  readonly rolling: RollingServices;
  /** Account and Region. */
  readonly identity: Identity;
  readonly #world: World;
  readonly #metrics: ServiceMetrics;
  readonly #taskSetTokens = new Map<string, TaskSet>();

  constructor(world: World) {
    this.#world = world;
    this.identity = world.identity;
    this.placements = new Placements(world);
    this.clusters = new Clusters(world, this.placements);
    this.taskDefinitions = new TaskDefinitions(world);
    this.services = new Services(world);
    this.tasks = new Tasks(world, this.placements);
    this.taskSets = new TaskSets(world, this.services, this.tasks);
    this.rolling = new RollingServices(world, this.services, this.tasks);
    this.#metrics = new ServiceMetrics(world, () => this.services.all());
  }

  containerInstance(ec2InstanceId: string) {
    return this.placements.instances.onEc2Instance(ec2InstanceId);
  }

  /** Creates the service with its first, PRIMARY task set or deployment; tasks start by themselves. */
  createService(input: CreateServiceCommandInput, caller?: Caller): Service {
    const cluster = this.clusters.get(input.cluster);
    const known = this.services.find(cluster, input.serviceName ?? '');
    if (input.clientToken && known?.clientToken === input.clientToken) return known;
    // Its tasks come with the task sets that others create.
    if (input.deploymentController?.type === 'EXTERNAL') {
      return this.services.create(cluster, input, caller);
    }
    const taskDefinition = this.taskDefinitions.getActive(input.taskDefinition ?? '');
    const { networkMode } = taskDefinition.document;
    checkRunnable(taskDefinition.document);
    checkServiceNeeds('created', input, taskDefinition.document, input.loadBalancers ?? []);
    for (const balancer of input.loadBalancers ?? []) {
      this.#checkTargetGroup(balancer, taskDefinition.document);
    }
    checkServiceRegistries(this.#world, input.serviceRegistries, taskDefinition.document);
    if ((input.deploymentController?.type ?? 'ECS') === 'ECS') {
      const workload = createdWorkload(input, cluster, taskDefinition);
      const service = this.services.create(cluster, input, caller, networkMode);
      this.rolling.create(service, workload);
      return service;
    }
    const capacity = requestedCapacity(input, cluster);
    checkCapacity(capacity, taskDefinition.document, input);
    const service = this.services.create(cluster, input, caller, networkMode);
    const taskSet = this.taskSets.create({
      service,
      taskDefinition,
      ...capacity,
      loadBalancer: input.loadBalancers?.[0],
      serviceRegistries: input.serviceRegistries,
      networkConfiguration: input.networkConfiguration,
      platformVersion: input.platformVersion ?? 'LATEST',
      externalId: undefined,
      status: 'PRIMARY',
    });
    this.taskSets.start(taskSet);
    return service;
  }

  updateService(input: UpdateServiceCommandInput): Service {
    const service = this.services.get(this.clusters.get(input.cluster), input.service);
    if (service.controller !== 'ECS') {
      this.services.update(service, input);
      this.taskSets.reconcile(service);
      return service;
    }
    this.rolling.checkUpdate(service, input);
    const taskDefinition = input.taskDefinition
      ? this.taskDefinitions.getActive(input.taskDefinition)
      : undefined;
    const change = this.rolling.planUpdate(service, input, taskDefinition);
    if (change) this.#checkWorkload(change);
    this.services.update(service, input);
    if (change) this.rolling.deploy(service, change);
    this.rolling.reconcile(service);
    return service;
  }

  /** Drains every task set; the service is INACTIVE once its tasks are gone. */
  deleteService(
    cluster: string | undefined,
    reference: string | undefined,
    force: boolean,
  ): Service {
    const service = this.services.get(this.clusters.get(cluster), reference);
    // "You can view your available services with ListServices" (API reference), which has none that is INACTIVE.
    if (service.status === 'INACTIVE') throw serviceNotFound();
    if (!force && service.settings.desiredCount > 0) {
      throw new AwsError(
        'InvalidParameterException',
        'The service cannot be stopped while it is scaled above 0.',
      );
    }
    if (service.controller === 'ECS') {
      if (!force) this.rolling.checkDelete(service);
      service.settings.desiredCount = 0;
      service.status = 'DRAINING';
      this.rolling.delete(service);
      return service;
    }
    service.status = 'DRAINING';
    // A service that others deploy may have no task set at all.
    if (service.taskSets.length === 0) service.status = 'INACTIVE';
    for (const taskSet of [...service.taskSets]) this.taskSets.delete(taskSet);
    return service;
  }

  /** Settles when the PRIMARY task set is steady; rejects after an hour of virtual time, as CloudFormation would. */
  serviceIsSteady(service: Service): Promise<void> {
    return steadyState(this.#world, this, service);
  }

  service(clusterReference: string, reference: string): EcsServiceView | undefined {
    const cluster = this.clusters.find(clusterReference);
    const service = cluster && this.services.find(cluster, reference);
    if (!service || service.status === 'INACTIVE') return undefined;
    return {
      serviceArn: service.arn,
      serviceName: service.name,
      clusterArn: service.cluster.arn,
      clusterName: service.cluster.name,
      deploymentController: service.controller,
      desiredCount: service.settings.desiredCount,
      taskSets: service.taskSets.map((taskSet) => this.taskSets.view(taskSet)),
    };
  }

  taskDefinitionExists(arn: string): boolean {
    return this.taskDefinitions.find(arn)?.document.status === 'ACTIVE';
  }

  taskDefinitionRoles(arn: string): readonly string[] {
    const { executionRoleArn, taskRoleArn } = this.taskDefinitions.find(arn)?.document ?? {};
    return [executionRoleArn, taskRoleArn].filter((role) => role !== undefined);
  }

  createTaskSet(request: CreateTaskSetRequest): TaskSetView {
    const service = this.services.get(this.clusters.get(request.cluster), request.service);
    const taskDefinition = this.taskDefinitions.getActive(request.taskDefinition);
    const primary = service.taskSets.find(({ status }) => status === 'PRIMARY');
    const loadBalancer = {
      targetGroupArn: request.targetGroupArn,
      containerName: request.containerName,
      containerPort: request.containerPort,
    };
    checkRunnable(taskDefinition.document);
    // Nothing forwards to the replacement's group before its traffic is shifted.
    this.#checkTargetGroup(loadBalancer, taskDefinition.document, false);
    // An AppSpec spells both as templates do.
    const networkConfiguration =
      (camelCase(request.networkConfiguration) as NetworkConfiguration | undefined) ??
      primary?.networkConfiguration;
    const capacity = capacityOfReplacement(request.capacityProviderStrategy, primary, service);
    const { platformVersion } = request;
    checkCapacity(capacity, taskDefinition.document, { networkConfiguration, platformVersion });
    const taskSet = this.taskSets.create({
      service,
      taskDefinition,
      ...capacity,
      loadBalancer,
      serviceRegistries: primary?.serviceRegistries,
      networkConfiguration,
      platformVersion: platformVersion ?? primary?.platformVersion ?? 'LATEST',
      externalId: request.externalId,
      status: 'ACTIVE',
    });
    this.taskSets.start(taskSet);
    return this.taskSets.view(taskSet);
  }

  /** The API's CreateTaskSet, which scales the new set at once. Throws AwsError. */
  createExternalTaskSet(service: Service, input: CreateTaskSetCommandInput): TaskSet {
    const token = input.clientToken && `${service.arn} ${input.clientToken}`;
    const known = token ? this.#taskSetTokens.get(token) : undefined;
    if (known) return known;
    const taskDefinition = this.taskDefinitions.getActive(input.taskDefinition ?? '');
    const request = requestedTaskSet(input, service, taskDefinition);
    checkRunnable(taskDefinition.document);
    if (request.loadBalancer) {
      this.#checkTargetGroup(request.loadBalancer, taskDefinition.document, false);
    }
    const taskSet = this.taskSets.create(request);
    if (token) this.#taskSetTokens.set(token, taskSet);
    this.taskSets.start(taskSet);
    return taskSet;
  }

  updateServicePrimaryTaskSet(cluster: string, service: string, taskSetId: string): void {
    this.taskSets.makePrimary(this.#taskSet(cluster, service, taskSetId));
  }

  deleteTaskSet(cluster: string, service: string, taskSetId: string): void {
    this.taskSets.delete(this.#taskSet(cluster, service, taskSetId));
  }

  onTaskSetChange(cluster: string, service: string, changed: () => void): () => void {
    return this.taskSets.onChange(this.services.get(this.clusters.get(cluster), service), changed);
  }

  /** Elastic network interfaces of all tasks that are not stopped. */
  networkInterfaces() {
    return this.tasks
      .all()
      .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
      .map(({ network, launch }) => ({
        ...network,
        attachmentArn: arn(this.identity, 'ecs', `attachment/${network.attachmentId}`),
        securityGroups: launch.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [],
      }));
  }

  async stop(): Promise<void> {
    this.#metrics.stop();
    this.taskSets.stop();
    this.rolling.stop();
    await this.tasks.stop();
  }

  #taskSet(cluster: string, service: string, taskSetId: string): TaskSet {
    return this.taskSets.get(this.services.get(this.clusters.get(cluster), service), taskSetId);
  }

  #checkWorkload({ taskDefinition: { document }, loadBalancers, serviceRegistries }: Workload) {
    checkRunnable(document);
    checkServiceRegistries(this.#world, serviceRegistries, document);
    for (const balancer of loadBalancers) this.#checkTargetGroup(balancer, document);
  }

  #checkTargetGroup(
    balancer: LoadBalancer,
    document: Parameters<typeof checkLoadBalancer>[1],
    mustBeBalanced = true,
  ): void {
    checkLoadBalancer(balancer, document);
    const { targetGroupArn = '' } = balancer;
    const { elbv2 } = this.#world.services;
    // Throws for an unknown group, as ECS itself calls the load balancer to register targets.
    checkTargetType(this.#world, targetGroupArn, document.networkMode);
    if (!mustBeBalanced || elbv2.loadBalancerOfTargetGroup(targetGroupArn)) return;
    // hashicorp/terraform #32908, anomalyco/sst #5826
    throw invalidParameter(
      `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
    );
  }
}
