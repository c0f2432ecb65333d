import { arn } from '../core/arns.ts';
import { list, member, text } from '../wire/authorization.ts';
import type { ChangeCall } from './change-call.ts';
import { bucketSettings } from './change-calls-store.ts';
import { type CreationCalls, makes, whenGiven } from './creation-call.ts';

/** Buckets, repositories, logs, parameters, secrets, topics and queues. */
export const storeCreations: Readonly<Record<string, CreationCalls>> = {
  'AWS::ECR::Repository': makes(
    'ecr',
    'CreateRepository',
    { repositoryName: 'RepositoryName', tags: 'Tags' },
    (made) => {
      const repository = { repositoryName: made.physicalId };
      return [
        ...whenGiven(made, 'RepositoryPolicyText', ['ecr', 'SetRepositoryPolicy', repository]),
        ...whenGiven(made, 'LifecyclePolicy', ['ecr', 'PutLifecyclePolicy', repository]),
      ];
    },
  ),
  'AWS::Logs::LogGroup': makes(
    'cloudwatch-logs',
    'CreateLogGroup',
    { logGroupName: 'LogGroupName', tags: 'Tags' },
    (made) =>
      whenGiven(made, 'RetentionInDays', [
        'cloudwatch-logs',
        'PutRetentionPolicy',
        { logGroupName: made.physicalId },
      ]),
  ),
  'AWS::S3::Bucket': makes('s3', 'CreateBucket', { Bucket: 'BucketName' }, (made) =>
    bucketSettings.flatMap(([property, operation]) =>
      whenGiven(made, property, ['s3', operation, { Bucket: made.physicalId }]),
    ),
  ),
  'AWS::S3::BucketPolicy': makes('s3', 'PutBucketPolicy', { Bucket: 'Bucket' }),
  'AWS::SNS::Subscription': makes('sns', 'Subscribe', {
    TopicArn: 'TopicArn',
    Protocol: 'Protocol',
    Endpoint: 'Endpoint',
  }),
  'AWS::SNS::Topic': {
    // Asked before the topic is there: a subscription that is refused reaches nobody.
    make: ({ properties, identity, named }) => {
      const Name = named('TopicName');
      const TopicArn = arn(identity, 'sns', Name);
      return [
        ['sns', 'CreateTopic', { Name, Tags: properties.Tags }],
        ...list(properties.Subscription).map((one): ChangeCall => {
          const [Protocol, Endpoint] = ['Protocol', 'Endpoint'].map((of) => text(member(one, of)));
          return ['sns', 'Subscribe', { TopicArn, Protocol, Endpoint }];
        }),
      ];
    },
  },
  'AWS::SQS::Queue': makes('sqs', 'CreateQueue', { QueueName: 'QueueName', tags: 'Tags' }),
  'AWS::SSM::Parameter': makes('ssm', 'PutParameter', { Name: 'Name', Tags: 'Tags' }),
  'AWS::SecretsManager::Secret': makes('secrets-manager', 'CreateSecret', {
    Name: 'Name',
    Tags: 'Tags',
  }),
};
