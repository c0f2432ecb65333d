import type { ServiceName } from './operation.ts';

/** What a request shows of the service it is for, before any schema is loaded. */
export interface ServiceDescription {
  readonly name: ServiceName;
  /** Prefix of `x-amz-target`; also the service's name in CBOR paths. */
  readonly target: string;
  /** Service in the credential scope of a signature. */
  readonly signingName: string;
  /** Services told by method and path; the others post to one address. */
  readonly rest?: 'json' | 'xml';
  /** `Version` of the Query protocol, for services that speak it. */
  readonly queryVersion?: string;
  /** EC2 speaks a dialect of the Query protocol: other names, flat lists, other envelopes. */
  readonly queryDialect?: 'ec2';
  readonly xmlNamespace?: string;
  /** Code with which the service refuses malformed members. */
  readonly validationCode: string;
}

/**
 * The same values stand in each client's `protocolSettings`; written out here so that routing needs no
 * client, and compared with the installed clients by a test.
 */
const descriptions: readonly ServiceDescription[] = [
  {
    name: 'acm',
    target: 'CertificateManager',
    signingName: 'acm',
    validationCode: 'ValidationException',
  },
  {
    name: 'application-auto-scaling',
    target: 'AnyScaleFrontendService',
    signingName: 'application-autoscaling',
    validationCode: 'ValidationException',
  },
  {
    name: 'cloudformation',
    target: 'CloudFormation',
    signingName: 'cloudformation',
    queryVersion: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    validationCode: 'ValidationError',
  },
  {
    name: 'cloudwatch',
    target: 'GraniteServiceVersion20100801',
    signingName: 'monitoring',
    queryVersion: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    validationCode: 'ValidationException',
  },
  {
    name: 'cloudwatch-logs',
    target: 'Logs_20140328',
    signingName: 'logs',
    validationCode: 'InvalidParameterException',
  },
  {
    name: 'codedeploy',
    target: 'CodeDeploy_20141006',
    signingName: 'codedeploy',
    validationCode: 'ValidationException',
  },
  {
    name: 'ec2',
    target: 'AmazonEC2',
    signingName: 'ec2',
    queryVersion: '2016-11-15',
    queryDialect: 'ec2',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15',
    validationCode: 'MissingParameter',
  },
  {
    name: 'ecr',
    target: 'AmazonEC2ContainerRegistry_V20150921',
    signingName: 'ecr',
    validationCode: 'InvalidParameterException',
  },
  {
    name: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113',
    signingName: 'ecs',
    validationCode: 'InvalidParameterException',
  },
  {
    name: 'elastic-load-balancing-v2',
    target: 'ElasticLoadBalancing_v10',
    signingName: 'elasticloadbalancing',
    queryVersion: '2015-12-01',
    xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    validationCode: 'ValidationError',
  },
  {
    name: 'eventbridge',
    target: 'AWSEvents',
    signingName: 'events',
    validationCode: 'ValidationException',
  },
  {
    name: 'iam',
    target: 'AWSIdentityManagementV20100508',
    signingName: 'iam',
    queryVersion: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    validationCode: 'ValidationError',
  },
  {
    name: 'lambda',
    target: 'AWSGirApiService',
    signingName: 'lambda',
    rest: 'json',
    validationCode: 'ValidationException',
  },
  {
    name: 's3',
    target: 'AmazonS3',
    signingName: 's3',
    rest: 'xml',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    validationCode: 'InvalidArgument',
  },
  {
    name: 'secrets-manager',
    target: 'secretsmanager',
    signingName: 'secretsmanager',
    validationCode: 'InvalidParameterException',
  },
  {
    name: 'servicediscovery',
    target: 'Route53AutoNaming_v20170314',
    signingName: 'servicediscovery',
    validationCode: 'InvalidInput',
  },
  {
    name: 'sfn',
    target: 'AWSStepFunctions',
    signingName: 'states',
    validationCode: 'ValidationException',
  },
  {
    name: 'sns',
    target: 'AmazonSimpleNotificationService',
    signingName: 'sns',
    queryVersion: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    validationCode: 'InvalidParameterException',
  },
  {
    name: 'sqs',
    target: 'AmazonSQS',
    signingName: 'sqs',
    queryVersion: '2012-11-05',
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    validationCode: 'MissingParameter',
  },
  {
    name: 'ssm',
    target: 'AmazonSSM',
    signingName: 'ssm',
    validationCode: 'ValidationException',
  },
  {
    name: 'sts',
    target: 'AWSSecurityTokenServiceV20110615',
    signingName: 'sts',
    queryVersion: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    validationCode: 'ValidationError',
  },
];

/** Every service whose protocol the wire engine can speak. */
export function serviceDescriptions(): readonly ServiceDescription[] {
  return descriptions;
}
