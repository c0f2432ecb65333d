import type { RequestMembers } from '../wire/authorization.ts';
import type { ServiceName } from '../wire/operation.ts';
import { authorizeUpdate } from './change-calls.ts';
import { generatedName } from './generated-name.ts';
import type { ResourceContext } from './resource-provider.ts';

/** Service, operation, and of its members those that decide, with the properties they come from. */
type CreationCall = readonly [
  ServiceName,
  operation: string,
  members: Readonly<Record<string, string>>,
];

const elbv2 = 'elastic-load-balancing-v2';

/** What makes a resource, for types that are not made through their service's API. */
const creationCalls: Readonly<Record<string, CreationCall>> = {
  'AWS::CertificateManager::Certificate': [
    'acm',
    'RequestCertificate',
    { DomainName: 'DomainName' },
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch', 'PutMetricAlarm', { AlarmName: 'AlarmName' }],
  'AWS::CodeDeploy::Application': [
    'codedeploy',
    'CreateApplication',
    { applicationName: 'ApplicationName' },
  ],
  'AWS::CodeDeploy::DeploymentGroup': [
    'codedeploy',
    'CreateDeploymentGroup',
    {
      applicationName: 'ApplicationName',
      deploymentGroupName: 'DeploymentGroupName',
      serviceRoleArn: 'ServiceRoleArn',
    },
  ],
  'AWS::ECR::Repository': [
    'ecr',
    'CreateRepository',
    { repositoryName: 'RepositoryName', tags: 'Tags' },
  ],
  'AWS::ECS::Cluster': ['ecs', 'CreateCluster', { clusterName: 'ClusterName', tags: 'Tags' }],
  'AWS::ECS::Service': [
    'ecs',
    'CreateService',
    { serviceName: 'ServiceName', cluster: 'Cluster', taskDefinition: 'TaskDefinition' },
  ],
  'AWS::ECS::TaskDefinition': [
    'ecs',
    'RegisterTaskDefinition',
    { family: 'Family', executionRoleArn: 'ExecutionRoleArn', taskRoleArn: 'TaskRoleArn' },
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    elbv2,
    'CreateListener',
    { LoadBalancerArn: 'LoadBalancerArn' },
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [elbv2, 'CreateLoadBalancer', { Name: 'Name' }],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [elbv2, 'CreateTargetGroup', { Name: 'Name' }],
  'AWS::ElasticLoadBalancingV2::ListenerRule': [
    elbv2,
    'CreateRule',
    { ListenerArn: 'ListenerArn' },
  ],
  'AWS::IAM::ManagedPolicy': [
    'iam',
    'CreatePolicy',
    { PolicyName: 'ManagedPolicyName', Path: 'Path' },
  ],
  'AWS::Lambda::Function': [
    'lambda',
    'CreateFunction',
    { FunctionName: 'FunctionName', Role: 'Role' },
  ],
  'AWS::Lambda::Alias': ['lambda', 'CreateAlias', { FunctionName: 'FunctionName' }],
  'AWS::Lambda::EventSourceMapping': [
    'lambda',
    'CreateEventSourceMapping',
    { FunctionName: 'FunctionName' },
  ],
  'AWS::Lambda::LayerVersion': ['lambda', 'PublishLayerVersion', { LayerName: 'LayerName' }],
  'AWS::Lambda::Permission': [
    'lambda',
    'AddPermission',
    { FunctionName: 'FunctionName', Principal: 'Principal' },
  ],
  'AWS::Lambda::Version': ['lambda', 'PublishVersion', { FunctionName: 'FunctionName' }],
  'AWS::Logs::LogGroup': ['cloudwatch-logs', 'CreateLogGroup', { logGroupName: 'LogGroupName' }],
  'AWS::S3::Bucket': ['s3', 'CreateBucket', { Bucket: 'BucketName' }],
  'AWS::S3::BucketPolicy': ['s3', 'PutBucketPolicy', { Bucket: 'Bucket' }],
  'AWS::SNS::Subscription': [
    'sns',
    'Subscribe',
    { TopicArn: 'TopicArn', Protocol: 'Protocol', Endpoint: 'Endpoint' },
  ],
  'AWS::SNS::Topic': ['sns', 'CreateTopic', { Name: 'TopicName' }],
  'AWS::SQS::Queue': ['sqs', 'CreateQueue', { QueueName: 'QueueName' }],
  'AWS::SSM::Parameter': ['ssm', 'PutParameter', { Name: 'Name' }],
  'AWS::SecretsManager::Secret': [
    'secrets-manager',
    'CreateSecret',
    { Name: 'Name', Tags: 'Tags' },
  ],
  'AWS::StepFunctions::StateMachine': [
    'sfn',
    'CreateStateMachine',
    { name: 'StateMachineName', roleArn: 'RoleArn' },
  ],
};

/** Types whose creation calls what an update from nothing calls. */
const madeByUpdate: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Longest names that CloudFormation makes up, where they are shorter than most. */
const nameLengths: Readonly<Record<string, number>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 32,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 32,
  'AWS::Lambda::Function': 64,
  'AWS::S3::Bucket': 63,
  'AWS::SQS::Queue': 80,
  'AWS::StepFunctions::StateMachine': 80,
};
const usualNameLength = 255;

/** Generated names end in 12 characters that nobody knows before. */
const unknownSuffix = 'X'.repeat(12);

/** Throws the service's error when who works on the stack may not make a resource of this type. */
export function authorizeCreation(
  type: string,
  properties: RequestMembers,
  context: ResourceContext,
): void {
  const { authorize, stackName, logicalId } = context;
  if (madeByUpdate.has(type)) {
    const nothing = { type, physicalId: undefined, attributes: {}, properties: {} };
    authorizeUpdate(nothing, properties, context);
  }
  const [service, operation, members] = creationCalls[type] ?? [];
  if (!authorize || !service || !operation) return;
  const input = Object.fromEntries(
    Object.entries(members ?? {}).map(([member, property], at) => {
      const given = properties[property];
      const longest = nameLengths[type] ?? usualNameLength;
      const generated = generatedName(stackName, logicalId, unknownSuffix, longest);
      return [member, given ?? (at === 0 ? generated : undefined)];
    }),
  );
  authorize(service, operation, input);
}
