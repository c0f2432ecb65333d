import {
  type ChangeCall,
  type ChangeCalls,
  type PropertyChange,
  tagCalls,
  whenChanged,
  whenOthersChanged,
} from './change-call.ts';

export const bucketSettings = [
  ['AccessControl', 'PutBucketAcl'],
  ['BucketEncryption', 'PutBucketEncryption'],
  ['LifecycleConfiguration', 'PutBucketLifecycleConfiguration'],
  ['LoggingConfiguration', 'PutBucketLogging'],
  ['OwnershipControls', 'PutBucketOwnershipControls'],
  ['PublicAccessBlockConfiguration', 'PutPublicAccessBlock'],
  ['Tags', 'PutBucketTagging'],
  ['VersioningConfiguration', 'PutBucketVersioning'],
] as const;

function repositoryPolicyCall({ physicalId: repositoryName, after }: PropertyChange): ChangeCall {
  const removed = after.RepositoryPolicyText === undefined;
  return ['ecr', removed ? 'DeleteRepositoryPolicy' : 'SetRepositoryPolicy', { repositoryName }];
}

function lifecyclePolicyCall({ physicalId: repositoryName, after }: PropertyChange): ChangeCall {
  const removed = after.LifecyclePolicy === undefined;
  return ['ecr', removed ? 'DeleteLifecyclePolicy' : 'PutLifecyclePolicy', { repositoryName }];
}

/** Buckets, repositories, parameters, certificates of listeners, and the scaling of services. */
export const storeCalls: Readonly<Record<string, ChangeCalls>> = {
  'AWS::S3::Bucket': {
    update: ({ physicalId: Bucket, changed }) =>
      bucketSettings
        .filter(([property]) => changed.has(property))
        .map(([, operation]) => ['s3', operation, { Bucket }]),
    delete: ({ physicalId: Bucket }) => [['s3', 'DeleteBucket', { Bucket }]],
  },
  'AWS::S3::BucketPolicy': {
    update: ({ physicalId: Bucket }) => [['s3', 'PutBucketPolicy', { Bucket }]],
    delete: ({ physicalId: Bucket }) => [['s3', 'DeleteBucketPolicy', { Bucket }]],
  },
  'AWS::ECR::Repository': {
    update: (change) => {
      const { physicalId: repositoryName, attributes } = change;
      const scanning = ['ecr', 'PutImageScanningConfiguration', { repositoryName }] as const;
      const mutability = ['ecr', 'PutImageTagMutability', { repositoryName }] as const;
      const filters = 'ImageTagMutabilityExclusionFilters';
      return [
        ...whenChanged(change, ['ImageScanningConfiguration'], scanning),
        ...whenChanged(change, ['ImageTagMutability', filters], mutability),
        ...whenChanged(change, ['RepositoryPolicyText'], repositoryPolicyCall(change)),
        ...whenChanged(change, ['LifecyclePolicy'], lifecyclePolicyCall(change)),
        ...tagCalls(
          change,
          (tags) => ['ecr', 'TagResource', { resourceArn: attributes.Arn, tags }],
          (tagKeys) => ['ecr', 'UntagResource', { resourceArn: attributes.Arn, tagKeys }],
        ),
      ];
    },
  },
  'AWS::SSM::Parameter': {
    update: (change) =>
      whenOthersChanged(change, ['Tags'], ['ssm', 'PutParameter', { Name: change.physicalId }]),
  },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': {
    update: ({ after: { ListenerArn } }) => [
      ['elastic-load-balancing-v2', 'AddListenerCertificates', { ListenerArn }],
    ],
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    update: (change) => {
      const { after, changed } = change;
      const RoleARN = changed.has('RoleARN') ? after.RoleARN : undefined;
      const { ServiceNamespace, ScalableDimension } = after;
      const members = { ServiceNamespace, ScalableDimension, RoleARN };
      return [['application-auto-scaling', 'RegisterScalableTarget', members]];
    },
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    update: () => [
      [
        'application-auto-scaling',
        'PutScalingPolicy',
        { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' },
      ],
    ],
  },
};
