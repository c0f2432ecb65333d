import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type ISecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnService, Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Strategy } from '../../../functions/core/config/schema.ts';
import { acknowledge } from '../../acknowledge.ts';
import { BlueGreenDeployments } from './blue-green-deployments.ts';
import { servicePropsMistakes } from './check-service-props.ts';
import { errorAlarm } from './error-alarm.ts';
import { InstanceCapacity } from './instance-capacity.ts';
import type { GreengateLoadBalancer } from './load-balancer.ts';
import type { GreengateServiceProps } from './props.ts';
import { ServiceTask } from './service-task.ts';
import type { ServingListeners } from './target-groups.ts';

/**
 * An ECS service with its cluster, task definition, alarm and, unless ECS itself deploys it, its CodeDeploy deployment
 * group. Throws Error that names all props that are wrong or do not go together.
 */
export class GreengateService extends Construct {
  readonly serviceName: string;
  readonly clusterName: string;
  readonly strategy: Strategy;
  readonly loadBalancer: GreengateLoadBalancer;
  readonly listeners: ServingListeners;
  readonly cluster: Cluster;
  readonly task: ServiceTask;
  readonly service: CfnService;
  /** Tasks answer with 5xx; stops deployments. `NAME-5xx`, for `checks` of type `alarms`. */
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: GreengateServiceProps) {
    super(scope, id);
    const mistakes = servicePropsMistakes(props);
    if (mistakes.length > 0) throw new Error(`GreengateService: ${mistakes.join('; ')}`);
    const { serviceName, strategy = 'codedeploy', loadBalancer } = props;
    this.serviceName = serviceName;
    this.clusterName = props.clusterName ?? serviceName;
    this.strategy = strategy;
    this.loadBalancer = loadBalancer;
    const { containerPort = 8080, healthPath = '/health' } = props;
    const pair = strategy === 'codedeploy';
    this.listeners = loadBalancer.serve({ containerPort, healthPath, pair });
    this.alarm = errorAlarm(this, 'Errors', serviceName, loadBalancer);
    this.cluster = new Cluster(this, 'Cluster', {
      clusterName: this.clusterName,
      vpc: props.network.vpc,
      containerInsightsV2: props.containerInsights
        ? ContainerInsights.ENABLED
        : ContainerInsights.DISABLED,
    });
    if (!props.containerInsights) {
      acknowledge(this.cluster, {
        'AwsSolutions-ECS4':
          'Container Insights costs more than the cluster and no check reads it; alarms and the dashboard use metrics that are free',
      });
    }
    this.task = new ServiceTask(this, 'Task', props);
    const instances =
      props.capacity === 'ec2'
        ? new InstanceCapacity(this, 'Instances', { ...props, clusterName: this.clusterName })
        : undefined;
    this.service = this.#service(props, instances);
    if (pair) new BlueGreenDeployments(this, 'Deployments', { ...props, service: this });
  }

  /** What stops a deployment. */
  alarmNames(extra: readonly string[] = []): string[] {
    return [this.alarm.alarmName, ...extra];
  }

  #service(props: GreengateServiceProps, instances: InstanceCapacity | undefined): CfnService {
    const { network, containerName = 'app', containerPort = 8080, desiredCount = 2 } = props;
    const { groups, production, test } = this.listeners;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Tasks: from the load balancer only',
      allowAllOutbound: true,
    });
    (securityGroup as ISecurityGroup).addIngressRule(
      this.loadBalancer.securityGroup,
      Port.tcp(containerPort),
      'Load balancer to container',
    );
    const service = new CfnService(this, 'Service', {
      serviceName: this.serviceName,
      cluster: this.cluster.clusterName,
      taskDefinition: this.task.definition.ref,
      desiredCount,
      ...(instances
        ? { capacityProviderStrategy: [{ capacityProvider: instances.provider.ref, weight: 1 }] }
        : { launchType: 'FARGATE' }),
      ...this.#controller(props),
      healthCheckGracePeriodSeconds: props.healthGraceSeconds ?? 60,
      loadBalancers: [{ containerName, containerPort, targetGroupArn: groups.blue.targetGroupArn }],
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: network.vpc.selectSubnets(network.taskSubnets).subnetIds,
          securityGroups: [securityGroup.securityGroupId],
        },
      },
    });
    // CreateService refuses a target group that no load balancer refers to yet; and without the way out the first
    // tasks cannot pull their image.
    service.node.addDependency(production, network.reachesAws);
    if (test) service.node.addDependency(test);
    if (instances) service.node.addDependency(instances);
    return service;
  }

  /** The deployment controller, which a service keeps for ever (aws-facts 2.3). */
  #controller({ alarmNames }: GreengateServiceProps) {
    const percentages = { minimumHealthyPercent: 100, maximumPercent: 200 };
    if (this.strategy === 'codedeploy') {
      return {
        deploymentController: { type: 'CODE_DEPLOY' },
        deploymentConfiguration: percentages,
      };
    }
    return {
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        ...percentages,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        // ECS goes back by itself, also where somebody else than Greengate deploys.
        alarms: { alarmNames: this.alarmNames(alarmNames), enable: true, rollback: true },
      },
    };
  }
}
