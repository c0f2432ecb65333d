import type {
  CreateServiceCommandInput,
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
import { camelCase } from './camel-case.ts';
import { Clusters } from './clusters.ts';
import { checkRunnable } from './runnable.ts';
import { checkLoadBalancer } from './service-rules.ts';
import { Services } from './services.ts';
import type { Service, TaskSet } from './state.ts';
import { steadyState } from './steady-state.ts';
import { TaskDefinitions } from './task-definitions.ts';
import { TaskSets } from './task-sets.ts';
import { Tasks } from './tasks.ts';

/** Elastic Container Service: Fargate services under the CODE_DEPLOY controller (aws-facts 2). */
export class EcsModel implements EcsService {
  readonly clusters: Clusters;
  readonly taskDefinitions: TaskDefinitions;
  readonly services: Services;
  readonly tasks: Tasks;
  readonly taskSets: TaskSets;
  /** Account and Region. */
  readonly identity: Identity;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.identity = world.identity;
    this.clusters = new Clusters(world);
    this.taskDefinitions = new TaskDefinitions(world);
    this.services = new Services(world);
    this.tasks = new Tasks(world);
    this.taskSets = new TaskSets(world, this.services, this.tasks);
  }

  /** Creates the service with its first, PRIMARY task set; tasks start by themselves. */
  createService(input: CreateServiceCommandInput, caller: string): Service {
    const cluster = this.clusters.get(input.cluster);
    const taskDefinition = this.taskDefinitions.getActive(input.taskDefinition ?? '');
    checkRunnable(taskDefinition.document);
    const loadBalancer = input.loadBalancers?.[0];
    if (loadBalancer) this.#checkTargetGroup(loadBalancer, taskDefinition.document);
    const service = this.services.create(cluster, input, caller);
    const taskSet = this.taskSets.create({
      service,
      taskDefinition,
      loadBalancer,
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
    this.services.update(service, input);
    this.taskSets.reconcile(service);
    return service;
  }

  /** Drains every task set; the service is INACTIVE once its tasks are gone. */
  deleteService(
    cluster: string | undefined,
    reference: string | undefined,
    force: boolean,
  ): Service {
    const service = this.services.get(this.clusters.get(cluster), reference);
    if (!force && service.settings.desiredCount > 0) {
      throw new AwsError(
        'InvalidParameterException',
        'The service cannot be stopped while it is scaled above 0.',
      );
    }
    service.status = 'DRAINING';
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
      deploymentController: 'CODE_DEPLOY',
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
    if (request.capacityProviderStrategy !== undefined) {
      throw new AwsError('UnsupportedFeatureException', 'Not simulated: capacityProviderStrategy');
    }
    checkRunnable(taskDefinition.document);
    this.#checkTargetGroup(loadBalancer, taskDefinition.document);
    const taskSet = this.taskSets.create({
      service,
      taskDefinition,
      loadBalancer,
      networkConfiguration:
        // An AppSpec spells it as templates do.
        (camelCase(request.networkConfiguration) as NetworkConfiguration | undefined) ??
        primary?.networkConfiguration,
      platformVersion: request.platformVersion ?? primary?.platformVersion ?? 'LATEST',
      externalId: request.externalId,
      status: 'ACTIVE',
    });
    this.taskSets.start(taskSet);
    return this.taskSets.view(taskSet);
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
    this.taskSets.stop();
    await this.tasks.stop();
  }

  #taskSet(cluster: string, service: string, taskSetId: string): TaskSet {
    return this.taskSets.get(this.services.get(this.clusters.get(cluster), service), taskSetId);
  }

  #checkTargetGroup(
    balancer: LoadBalancer,
    document: Parameters<typeof checkLoadBalancer>[1],
  ): void {
    checkLoadBalancer(balancer, document);
    // Throws for an unknown group, as ECS itself calls the load balancer to register targets.
    this.#world.services.elbv2.targetGroupName(balancer.targetGroupArn ?? '');
  }
}
