import { createRequire } from 'node:module';
import type { ServiceName } from '../../../wire/operation.ts';

export interface SdkService {
  readonly name: ServiceName;
  /** First part of error names; that of the AWS SDK for Java (recorded AWS answers). */
  readonly prefix: string;
}

/** Simulated services by their name in `aws-sdk:SERVICE:ACTION` (AWS SDK integrations page). */
export const sdkServices: Readonly<Record<string, SdkService>> = {
  applicationautoscaling: { name: 'application-auto-scaling', prefix: 'ApplicationAutoScaling' },
  cloudformation: { name: 'cloudformation', prefix: 'CloudFormation' },
  cloudwatch: { name: 'cloudwatch', prefix: 'CloudWatch' },
  cloudwatchlogs: { name: 'cloudwatch-logs', prefix: 'CloudWatchLogs' },
  codedeploy: { name: 'codedeploy', prefix: 'CodeDeploy' },
  ec2: { name: 'ec2', prefix: 'Ec2' },
  ecr: { name: 'ecr', prefix: 'Ecr' },
  ecs: { name: 'ecs', prefix: 'Ecs' },
  elasticloadbalancingv2: { name: 'elastic-load-balancing-v2', prefix: 'ElasticLoadBalancingV2' },
  eventbridge: { name: 'eventbridge', prefix: 'EventBridge' },
  iam: { name: 'iam', prefix: 'Iam' },
  lambda: { name: 'lambda', prefix: 'Lambda' },
  s3: { name: 's3', prefix: 'S3' },
  secretsmanager: { name: 'secrets-manager', prefix: 'SecretsManager' },
  servicediscovery: { name: 'servicediscovery', prefix: 'ServiceDiscovery' },
  sfn: { name: 'sfn', prefix: 'Sfn' },
  sns: { name: 'sns', prefix: 'Sns' },
  sqs: { name: 'sqs', prefix: 'Sqs' },
  ssm: { name: 'ssm', prefix: 'Ssm' },
  sts: { name: 'sts', prefix: 'Sts' },
};

const load = createRequire(import.meta.url);

/** Whether the service has an operation of this name, `describeServices`, simulated or not. */
export function hasOperation(service: ServiceName, action: string): boolean {
  const sdk = load(`@aws-sdk/client-${service}`) as object;
  return (
    /^[a-z]/.test(action) && `${action.charAt(0).toUpperCase()}${action.slice(1)}Command` in sdk
  );
}
