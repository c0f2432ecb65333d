import type { ServiceName } from '../../../../simulator/wire/operation.ts';
import { sendInput } from '../constraints/send-input.ts';
import type { SimulatedAws } from '../simulated-aws.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {
        Service: ['ecs-tasks.amazonaws.com', 'states.amazonaws.com', 'lambda.amazonaws.com'],
      },
      Action: 'sts:AssumeRole',
    },
  ],
});
const machine = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
const roleArn = 'arn:aws:iam::123456789012:role/shop';

const resources: readonly (readonly [ServiceName, string, object])[] = [
  ['iam', 'CreateRole', { RoleName: 'shop', AssumeRolePolicyDocument: trust }],
  ['ecs', 'CreateCluster', { clusterName: 'default' }],
  [
    'ecs',
    'RegisterTaskDefinition',
    {
      family: 'shop',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'shop', image: 'shop', essential: true }],
    },
  ],
  ['ecr', 'CreateRepository', { repositoryName: 'shop' }],
  ['s3', 'CreateBucket', { Bucket: 'shop' }],
  ['s3', 'PutObject', { Bucket: 'shop', Key: 'shop', Body: 'x' }],
  ['sqs', 'CreateQueue', { QueueName: 'shop' }],
  ['sns', 'CreateTopic', { Name: 'shop' }],
  ['ssm', 'PutParameter', { Name: 'shop', Value: 'x', Type: 'String' }],
  ['secrets-manager', 'CreateSecret', { Name: 'shop', SecretString: 'x' }],
  ['cloudwatch-logs', 'CreateLogGroup', { logGroupName: 'shop' }],
  ['cloudwatch-logs', 'CreateLogStream', { logGroupName: 'shop', logStreamName: 'shop' }],
  ['eventbridge', 'PutRule', { Name: 'shop', ScheduleExpression: 'rate(5 minutes)' }],
  ['codedeploy', 'CreateApplication', { applicationName: 'shop', computePlatform: 'ECS' }],
  ['sfn', 'CreateStateMachine', { name: 'shop', definition: machine, roleArn }],
  [
    'cloudwatch',
    'PutMetricAlarm',
    {
      AlarmName: 'shop',
      Namespace: 'shop',
      MetricName: 'shop',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  ],
  [
    'cloudformation',
    'CreateStack',
    { StackName: 'shop', TemplateBody: 'Resources: {A: {Type: "AWS::SNS::Topic"}}' },
  ],
];

/** Makes one thing named `shop` of most kinds; throws what AWS would not refuse. */
export async function furnish(aws: Pick<SimulatedAws, 'client'>): Promise<void> {
  for (const [service, operation, input] of resources) {
    const refusal = await sendInput(aws, service, operation, input);
    if (refusal) throw new Error(`${service}:${operation}: ${refusal.code}: ${refusal.message}`);
  }
}
