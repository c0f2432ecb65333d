import { list, member } from '../wire/authorization.ts';
import { type CreationCalls, makes, whenGiven } from './creation-call.ts';

const elbv2 = 'elastic-load-balancing-v2';

/** Services and what runs, balances, deploys and watches them. */
export const deliveryCreations: Readonly<Record<string, CreationCalls>> = {
  'AWS::CertificateManager::Certificate': makes('acm', 'RequestCertificate', {
    DomainName: 'DomainName',
    Tags: 'Tags',
  }),
  'AWS::CloudWatch::Alarm': makes('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'AlarmName',
    Tags: 'Tags',
  }),
  'AWS::CodeDeploy::Application': makes('codedeploy', 'CreateApplication', {
    applicationName: 'ApplicationName',
    tags: 'Tags',
  }),
  'AWS::CodeDeploy::DeploymentConfig': makes('codedeploy', 'CreateDeploymentConfig', {
    deploymentConfigName: 'DeploymentConfigName',
  }),
  'AWS::CodeDeploy::DeploymentGroup': makes('codedeploy', 'CreateDeploymentGroup', {
    deploymentGroupName: 'DeploymentGroupName',
    applicationName: 'ApplicationName',
    serviceRoleArn: 'ServiceRoleArn',
    tags: 'Tags',
  }),
  'AWS::ECS::Cluster': makes('ecs', 'CreateCluster', { clusterName: 'ClusterName', tags: 'Tags' }),
  'AWS::ECS::Service': makes('ecs', 'CreateService', {
    serviceName: 'ServiceName',
    cluster: 'Cluster',
    taskDefinition: 'TaskDefinition',
    role: 'Role',
    tags: 'Tags',
  }),
  'AWS::ECS::TaskDefinition': {
    make: ({ properties, named }) => {
      const { ExecutionRoleArn, TaskRoleArn, RequiresCompatibilities, Cpu, Memory } = properties;
      const input = {
        family: named('Family'),
        executionRoleArn: ExecutionRoleArn,
        taskRoleArn: TaskRoleArn,
        requiresCompatibilities: RequiresCompatibilities,
        cpu: Cpu,
        memory: Memory,
        containerDefinitions: list(properties.ContainerDefinitions).map((container) => ({
          privileged: member(container, 'Privileged'),
        })),
        tags: properties.Tags,
      };
      return [['ecs', 'RegisterTaskDefinition', input]];
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': makes(
    elbv2,
    'CreateListener',
    { LoadBalancerArn: 'LoadBalancerArn' },
    (made) =>
      whenGiven(made, 'ListenerAttributes', [
        elbv2,
        'ModifyListenerAttributes',
        { ListenerArn: made.physicalId },
      ]),
  ),
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': makes(elbv2, 'AddListenerCertificates', {
    ListenerArn: 'ListenerArn',
  }),
  'AWS::ElasticLoadBalancingV2::ListenerRule': makes(elbv2, 'CreateRule', {
    ListenerArn: 'ListenerArn',
    Tags: 'Tags',
  }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': makes(
    elbv2,
    'CreateLoadBalancer',
    { Name: 'Name', Type: 'Type', Scheme: 'Scheme', Subnets: 'Subnets', Tags: 'Tags' },
    (made) =>
      whenGiven(made, 'LoadBalancerAttributes', [
        elbv2,
        'ModifyLoadBalancerAttributes',
        { LoadBalancerArn: made.physicalId },
      ]),
  ),
  'AWS::ElasticLoadBalancingV2::TargetGroup': makes(
    elbv2,
    'CreateTargetGroup',
    { Name: 'Name', Tags: 'Tags' },
    (made) =>
      whenGiven(made, 'TargetGroupAttributes', [
        elbv2,
        'ModifyTargetGroupAttributes',
        { TargetGroupArn: made.physicalId },
      ]),
  ),
  'AWS::StepFunctions::StateMachine': makes('sfn', 'CreateStateMachine', {
    name: 'StateMachineName',
    roleArn: 'RoleArn',
    tags: 'Tags',
  }),
};
