import type { Resources } from './deployer.ts';
import { networkScenarios } from './network-scenarios.ts';
import { Ref, type Scenario, Tags, type } from './scenario-parts.ts';
import { taggedScenario } from './tagged-scenario.ts';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const holders: Resources = {
  Role: type('AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    Path: '/team/',
    Policies: [{ PolicyName: 'own', PolicyDocument: document('s3:GetObject') }],
  }),
  User: type('AWS::IAM::User'),
  Group: type('AWS::IAM::Group'),
  Policy: type('AWS::IAM::ManagedPolicy', {
    PolicyDocument: document('s3:GetObject'),
    Roles: [Ref('Role')],
    Users: [Ref('User')],
    Groups: [Ref('Group')],
  }),
};

const bucket: Resources = {
  Bucket: type('AWS::S3::Bucket', {
    BucketName: 'orders',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      ],
    },
    LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    VersioningConfiguration: { Status: 'Enabled' },
    LoggingConfiguration: { LogFilePrefix: 'own' },
    Tags,
  }),
  Policy: type('AWS::S3::BucketPolicy', {
    Bucket: Ref('Bucket'),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::orders/*',
        },
      ],
    },
  }),
};

const balancing: Resources = {
  Balancer: type('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'shop',
    Subnets: [],
    LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
  }),
  Web: type('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 80,
    Protocol: 'HTTP',
    TargetType: 'ip',
    VpcId: '',
    TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }],
  }),
  First: type('AWS::CertificateManager::Certificate', { DomainName: 'a.example.com' }),
  Second: type('AWS::CertificateManager::Certificate', { DomainName: 'b.example.com' }),
  Listener: type('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: Ref('Balancer'),
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: Ref('First') }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: Ref('Web') }],
  }),
  More: type('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
    ListenerArn: Ref('Listener'),
    Certificates: [{ CertificateArn: Ref('Second') }],
  }),
};

const elb = (operation: string) => `elasticloadbalancing:${operation}`;

/** Templates with every action that making them needs. */
export function scenarios(subnets: readonly string[], vpc: string): Record<string, Scenario> {
  const balancer = balancing.Balancer as { Properties: object };
  const target = balancing.Web as { Properties: object };
  return {
    ...networkScenarios(subnets, vpc),
    'what bears tags': taggedScenario,
    'a managed policy with its holders': {
      resources: holders,
      needs: [
        'iam:CreateRole',
        'iam:PutRolePolicy',
        'iam:CreateUser',
        'iam:CreateGroup',
        'iam:CreatePolicy',
        'iam:AttachRolePolicy',
        'iam:AttachUserPolicy',
        'iam:AttachGroupPolicy',
      ],
      cleanup: ['iam:Delete*', 'iam:Detach*'],
      refusedOn: {
        'iam:PutRolePolicy': 'on resource: role stack',
        'iam:CreatePolicy': 'on resource: policy stack',
        'iam:AttachRolePolicy': 'on resource: role stack',
      },
    },
    'a topic that is subscribed to': {
      resources: {
        Topic: type('AWS::SNS::Topic', {
          TopicName: 'orders',
          Subscription: [{ Protocol: 'email', Endpoint: 'ann@example.com' }],
        }),
      },
      needs: ['sns:CreateTopic', 'sns:Subscribe'],
      cleanup: ['sns:DeleteTopic'],
      refusedOn: { 'sns:Subscribe': 'arn:aws:sns:us-east-1:123456789012:orders' },
    },
    'a bucket with its settings': {
      resources: bucket,
      needs: [
        's3:CreateBucket',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketVersioning',
        's3:PutBucketLogging',
        's3:PutBucketTagging',
        's3:PutBucketPolicy',
      ],
      cleanup: ['s3:DeleteBucket', 's3:DeleteBucketPolicy'],
      refusedOn: { 's3:PutEncryptionConfiguration': '"arn:aws:s3:::orders"' },
    },
    'a repository, logs and a deployment configuration': {
      resources: {
        Images: type('AWS::ECR::Repository', {
          RepositoryPolicyText: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
          },
          LifecyclePolicy: {
            LifecyclePolicyText: JSON.stringify({
              rules: [
                {
                  rulePriority: 1,
                  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 },
                  action: { type: 'expire' },
                },
              ],
            }),
          },
        }),
        Logs: type('AWS::Logs::LogGroup', { RetentionInDays: 7 }),
        Slowly: type('AWS::CodeDeploy::DeploymentConfig', {
          ComputePlatform: 'ECS',
          TrafficRoutingConfig: {
            Type: 'TimeBasedCanary',
            TimeBasedCanary: { CanaryPercentage: 10, CanaryInterval: 1 },
          },
        }),
      },
      needs: [
        'ecr:CreateRepository',
        'ecr:SetRepositoryPolicy',
        'ecr:PutLifecyclePolicy',
        'logs:CreateLogGroup',
        'logs:PutRetentionPolicy',
        'codedeploy:CreateDeploymentConfig',
      ],
      cleanup: ['ecr:DeleteRepository', 'logs:DeleteLogGroup', 'codedeploy:DeleteDeploymentConfig'],
      refusedOn: { 'ecr:SetRepositoryPolicy': ':repository/stack' },
    },
    'a balancer and the certificates of its listener': {
      resources: {
        ...balancing,
        Balancer: { ...balancer, Properties: { ...balancer.Properties, Subnets: subnets } },
        Web: { ...target, Properties: { ...target.Properties, VpcId: vpc } },
      },
      needs: [
        elb('CreateLoadBalancer'),
        elb('ModifyLoadBalancerAttributes'),
        elb('CreateTargetGroup'),
        elb('ModifyTargetGroupAttributes'),
        'acm:RequestCertificate',
        elb('CreateListener'),
        elb('AddListenerCertificates'),
      ],
      cleanup: [elb('Delete*'), elb('RemoveListenerCertificates'), 'acm:DeleteCertificate'],
      refusedOn: {
        [elb('AddListenerCertificates')]: ':listener/app/shop/',
        [elb('ModifyLoadBalancerAttributes')]: ':loadbalancer/app/shop/',
      },
    },
  };
}
