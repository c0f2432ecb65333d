import type { Strategy } from '../../../functions/core/config/schema.ts';
import type { GreengateLoadBalancer } from './load-balancer.ts';
import type { GreengateNetwork } from './network.ts';
import type { GreengateRepository } from './repository.ts';
import type { GreengateService } from './service.ts';

export type Egress = 'nat-instance' | 'nat-gateway' | 'endpoints-only';
export type Architecture = 'x86_64' | 'arm64';
export type Capacity = 'fargate' | 'ec2';

export interface GreengateNetworkProps {
  /**
   * How tasks and hooks reach AWS. Default `nat-instance`, the cheapest. `nat-gateway` has nobody to patch;
   * `endpoints-only` has no way to the internet at all, and its load balancer is an internal one.
   */
  readonly egress?: Egress;
  /** Addresses of the VPC, a /16 to /20. Default `10.20.0.0/16`. */
  readonly cidr?: string;
}

export interface GreengateLoadBalancerProps {
  readonly network: GreengateNetwork;
  /** Default: CloudFormation makes one up. */
  readonly loadBalancerName?: string;
  /** Of a certificate in ACM in the same region. With one, port 80 only redirects. */
  readonly certificateArn?: string;
  /** The name that clients use, e.g. `shop.example.com`; gets an alias record, for which the hosted zone must be named. */
  readonly domainName?: string;
  /** Zone of Route 53 in which `domainName` lies, e.g. `example.com`; with `hostedZoneId`. */
  readonly hostedZoneName?: string;
  /** Id of that zone, e.g. `Z0123456789ABCDEFGHIJ`. Without `certificateArn` the certificate is made and proven in it. */
  readonly hostedZoneId?: string;
  /** Default true, but false where the network has endpoints only: hooks could not reach it. */
  readonly internetFacing?: boolean;
  /** Who may reach the production listener, in CIDR notation. Default anybody; behind an internal one the VPC alone. */
  readonly clientCidrs?: readonly string[];
  /**
   * Bucket that gets the access logs, in the same region and with a policy that lets Elastic Load Balancing write.
   * Default none: S3 charges for what it stores, and no check reads them.
   */
  readonly accessLogBucketName?: string;
}

export interface GreengateServiceProps {
  readonly network: GreengateNetwork;
  readonly loadBalancer: GreengateLoadBalancer;
  /** Where releases are pushed to. */
  readonly repository: GreengateRepository;
  /** As greengate.yaml calls it: also the CodeDeploy application, deployment group and task definition family. */
  readonly serviceName: string;
  /** Default: the service's name. */
  readonly clusterName?: string;
  /** Folder with the Dockerfile of the first image, which `cdk deploy` builds: a service must run something before the first push. */
  readonly firstImageDirectory: string;
  /** Default `codedeploy`: blue/green. `ecs-rolling` serves the new release while it is being proven. */
  readonly strategy?: Strategy;
  /** Deployment configuration of CodeDeploy, e.g. `ECSAllAtOnce` or `Linear20PercentEvery2Minutes`. Default `ECSCanary10Percent5Minutes`. */
  readonly shift?: string;
  /** Default `fargate`. `ec2` puts instances of an Auto Scaling group behind a capacity provider. */
  readonly capacity?: Capacity;
  /** Must match how images are built. Default `x86_64`; `arm64` costs a fifth less. */
  readonly architecture?: Architecture;
  /** Default 2: one task for each zone. */
  readonly desiredCount?: number;
  /** CPU units of a task, 1024 for each vCPU. Default 256. */
  readonly cpu?: number;
  /** MiB of a task. Default 512. */
  readonly memoryMiB?: number;
  /** Default `app`. */
  readonly containerName?: string;
  /** Default 8080. */
  readonly containerPort?: number;
  /** Default `/health`; must answer 200. */
  readonly healthPath?: string;
  /** How long a task may be unhealthy at first, seconds. Default 60. */
  readonly healthGraceSeconds?: number;
  /** Environment variables; nothing secret. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables by secret of Secrets Manager: its name or ARN, `#KEY` behind it for one key of a JSON secret. */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Folders that the application may write to, e.g. `/tmp`; the rest of a container is read-only. Each is an empty volume that
   * goes with its task. It belongs to root, unless the image makes the folder its user's and names it as VOLUME. Default none.
   */
  readonly writablePaths?: readonly string[];
  /** Default false: Container Insights costs more than the cluster, and no check reads it. */
  readonly containerInsights?: boolean;
  /** Names of more alarms that stop a deployment. */
  readonly alarmNames?: readonly string[];
  /** Type of the instances, with `capacity: 'ec2'`. Default `t3.small` or `t4g.small`, room for two tasks each. */
  readonly instanceType?: string;
  /** Most instances that the capacity provider may start; default one more than `desiredCount`, at least 4. */
  readonly maxInstances?: number;
}

export interface GreengateRepositoryProps {
  /** As greengate.yaml names it, e.g. `team/shop`. */
  readonly repositoryName: string;
  /** Default false: a tag names one image for ever. True for who re-pushes `latest`; then nothing is ever expired. */
  readonly mutableTags?: boolean;
  /** Days after which images without a tag expire; default 30. */
  readonly expireUntaggedAfterDays?: number;
}

export interface GreengateDashboardProps {
  readonly services: readonly GreengateService[];
  /** Default `greengate`. */
  readonly dashboardName?: string;
  /** Topic of SNS that hears of alarms: the controller stack's output NotificationTopicArn. Default: alarms only show. */
  readonly notificationTopicArn?: string;
}
