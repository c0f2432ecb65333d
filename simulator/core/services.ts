import type { IamService } from './services/access.ts';
import type { AcmService, Ec2Service, Elbv2Service } from './services/balancing.ts';
import type { CodeDeployService, EcrService, EcsService } from './services/containers.ts';
import type { ServiceDiscoveryService } from './services/discovery.ts';
import type { SnsService, SqsService } from './services/messaging.ts';
import type {
  CloudWatchService,
  LogsService,
  S3Service,
  SecretsManagerService,
  SsmService,
} from './services/records.ts';
import type { EventsService, LambdaService, StatesService } from './services/workflow.ts';

export type * from './services/access.ts';
export type * from './services/balancing.ts';
export type * from './services/containers.ts';
export type * from './services/discovery.ts';
export type * from './services/messaging.ts';
export type * from './services/records.ts';
export type * from './services/workflow.ts';

/**
 * What the simulated services ask of each other. Each service folder implements its own interface;
 * nothing else of another service's model is reached into.
 */
export interface Services {
  readonly acm: AcmService;
  readonly ecr: EcrService;
  readonly events: EventsService;
  readonly states: StatesService;
  readonly lambda: LambdaService;
  readonly ecs: EcsService;
  readonly codedeploy: CodeDeployService;
  readonly elbv2: Elbv2Service;
  readonly cloudwatch: CloudWatchService;
  readonly logs: LogsService;
  readonly s3: S3Service;
  readonly servicediscovery: ServiceDiscoveryService;
  readonly sns: SnsService;
  readonly sqs: SqsService;
  readonly iam: IamService;
  readonly ssm: SsmService;
  readonly secretsmanager: SecretsManagerService;
  readonly ec2: Ec2Service;
}
