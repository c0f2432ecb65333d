import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  CfnFunction,
  Code,
  EventInvokeConfig,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { permittedRole } from '../permissions/permitted-role.ts';
import type { Permission } from '../permissions/statement.ts';

/** A network of this app, or one that exists already and is known by ids. */
export type HookNetwork =
  | { readonly vpc: IVpc; readonly securityGroup: ISecurityGroup }
  | { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };

export interface ControllerFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** Folder with index.mjs and config.json, made by buildBundles. */
  readonly code: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Beyond its own log group, tracing and, where it applies, its queue and network. */
  readonly permissions: readonly Permission[];
  /** Set for functions invoked asynchronously: what still fails after both retries goes there. */
  readonly onFailure?: IQueue;
  /** How long an asynchronous invocation may wait for its retries; default one hour. */
  readonly maxEventAgeSeconds?: number;
  /** Default: outside any VPC, with Lambda's own route to AWS and the internet. */
  readonly network?: HookNetwork;
}

/** One Lambda function with its own role, log group and failure queue. */
export class ControllerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: ControllerFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const permissions = [
      ...runtimePermissions(this.logGroup.logGroupArn),
      ...(props.onFailure ? [failureQueuePermission(props.onFailure)] : []),
      ...(props.network ? [networkPermission] : []),
      ...props.permissions,
    ];
    this.role = permittedRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      permissions,
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      code: Code.fromAsset(props.code),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      // Every permission is written above; constructs must not widen the role behind our back.
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // From INFO on, the report of each invocation is logged: duration, memory, cold start.
      systemLogLevelV2: SystemLogLevel.INFO,
      tracing: Tracing.ACTIVE,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
      ...(props.network && networkOfThisApp(props.network)),
    });
    if (props.network) this.#joinExisting(props.network);
    if (props.onFailure) this.#handleFailures(props.onFailure, props.maxEventAgeSeconds ?? 3600);
  }

  /** CDK's own `vpc` prop asks for more than the ids that somebody else's VPC is named by. */
  #joinExisting(network: HookNetwork): void {
    if ('vpc' in network) return;
    const { defaultChild } = this.function.node;
    if (!(defaultChild instanceof CfnFunction)) throw new Error('A function is no CfnFunction');
    defaultChild.vpcConfig = {
      subnetIds: [...network.subnetIds],
      securityGroupIds: [...network.securityGroupIds],
    };
  }

  #handleFailures(queue: IQueue, maxEventAgeSeconds: number): void {
    new EventInvokeConfig(this, 'AsynchronousInvocation', {
      function: this.function,
      retryAttempts: 2,
      maxEventAge: Duration.seconds(maxEventAgeSeconds),
      onFailure: new SqsDestination(queue),
    });
  }
}

function networkOfThisApp(network: HookNetwork) {
  return 'vpc' in network ? { vpc: network.vpc, securityGroups: [network.securityGroup] } : {};
}

function runtimePermissions(logGroupArn: string): Permission[] {
  return [
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] },
    {
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
      wildcardReason: 'X-Ray has no resource-level permissions for writing traces',
    },
  ];
}

function failureQueuePermission(queue: IQueue): Permission {
  return { actions: ['sqs:SendMessage'], resources: [queue.queueArn] };
}

const networkPermission: Permission = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
  wildcardReason:
    'Lambda creates and describes its network interfaces with these; their ids do not exist before, and the describe actions take no resource',
};
