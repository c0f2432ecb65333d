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
  readonly sns: SnsService;
  readonly sqs: SqsService;
  readonly iam: IamService;
  readonly ssm: SsmService;
  readonly secretsmanager: SecretsManagerService;
  readonly ec2: Ec2Service;
}

export interface Ec2Service {
  /** Undefined for a subnet that is not there. */
  subnet(
    subnetId: string,
  ): { readonly cidrBlock: string; readonly availabilityZone: string } | undefined;
  /** Undefined for a subnet that is not there. */
  vpcOfSubnet(subnetId: string): string | undefined;
  /** The zone of the VPC's subnet that an address is in; undefined for one outside. */
  zoneOfAddress(vpcId: string, address: string): string | undefined;
  /** Address of a load balancer's interface in one of its subnets. */
  balancerAddress(balancerFullName: string, subnetId: string): string;
  /** Undefined for a group that is not there. */
  vpcOfSecurityGroup(groupId: string): string | undefined;
  /** Id of the group named `default` that a VPC was born with. */
  defaultSecurityGroup(vpcId: string): string | undefined;
}

export interface Platform {
  /** OCI spelling: `linux`. */
  readonly os: string;
  /** OCI spelling: `amd64`, `arm64`. */
  readonly architecture: string;
}

export interface PulledImage {
  /** Digest of what the reference named: an index or a single manifest. */
  readonly digest: string;
  /** Digest of the platform's own manifest; equals `digest` for a single manifest. */
  readonly platformDigest: string;
  readonly platform: Platform;
  /** Unpacked root file system, shared by all tasks of this image; read only. */
  readonly rootDirectory: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
}

export interface EcrService {
  /** Resolves and unpacks an image; rejects with an Error whose message is ECS's stoppedReason text. */
  pull(reference: string, platform: Platform): Promise<PulledImage>;
  /** Makes sure a repository exists (asset publishing, bootstrap). */
  ensureRepository(name: string): void;
}

export interface PublishedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventsService {
  /** Puts an event on the default bus and returns its id; delivery follows asynchronously. */
  publish(event: PublishedEvent): string;
  /** Delivers an earlier event again with the same id, as EventBridge may (aws-facts 1.4). */
  redeliver(eventId: string): void;
}

export interface StatesService {
  startExecution(request: { stateMachineArn: string; name?: string; input: unknown }): {
    executionArn: string;
  };
}

export interface Invocation {
  /** Name, partial or full ARN. */
  readonly functionName: string;
  readonly payload: unknown;
  /** `Event` resolves as soon as the invocation is queued, with status 202. */
  readonly type: 'RequestResponse' | 'Event';
  /** Set when a service invokes: the function's resource policy must then allow it. */
  readonly invoker?: {
    /** `events.amazonaws.com` */
    readonly principal: string;
    readonly sourceArn: string;
  };
}

export interface InvocationResult {
  readonly statusCode: number;
  readonly requestId: string;
  readonly payload?: unknown;
  /** `Unhandled` when the function failed; `payload` is then `{ errorType, errorMessage, … }`. */
  readonly functionError?: string;
}

export interface LambdaService {
  /** Kills the processes in which a function runs now, as if its sandbox had died. */
  crash(functionName: string): Promise<void>;
  /** Lets virtual time pass although the function is in flight: all it does is wait. */
  pause(functionName: string, ms: number): Promise<void>;
  /** Rejects with AwsError `ResourceNotFoundException` or, for an `invoker`, `AccessDeniedException`. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  exists(functionName: string): boolean;
}

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** A certificate with its key, as a listener shows it. */
export interface ServerCertificate {
  readonly arn: string;
  /** Lower case; the subject alternative names. */
  readonly domainNames: readonly string[];
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly privateKeyPem: string;
  /** Requested, but its names are not validated yet. */
  readonly pending?: boolean;
}

export interface AcmService {
  certificate(certificateArn: string): ServerCertificate | undefined;
}

export interface TargetWeight {
  readonly targetGroupArn: string;
  readonly weight: number;
}

export interface TargetHealth {
  /** The task's simulated private address, or the id of the EC2 instance that it runs on. */
  readonly targetId: string;
  readonly port: number;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';
  readonly reason?: string;
  readonly description?: string;
}

export interface ForwardingView {
  readonly arn: string;
  readonly listenerArn: string;
  /** Default action or the rule's forward action; empty for redirects and fixed responses. */
  readonly weights: readonly TargetWeight[];
}

export interface Elbv2Service {
  targetGroupArn(name: string): string | undefined;
  targetGroupName(arn: string): string;
  /** What ids of the group's targets are. */
  targetType(arn: string): 'ip' | 'instance';
  /** Of the load balancer whose listeners or rules name the group; undefined while none does. */
  loadBalancerOfTargetGroup(arn: string): string | undefined;
  /** `id` is an address or an instance as the group's type has it; `address` is where the task really listens on this machine. */
  registerTarget(
    targetGroupArn: string,
    target: { id: string; port: number; address: SocketAddress },
  ): void;
  /** Starts draining; the target disappears after the deregistration delay. */
  deregisterTarget(targetGroupArn: string, target: { id: string; port: number }): void;
  targetHealth(targetGroupArn: string): readonly TargetHealth[];
  /** Called on every change of a target's health in this group; returns the unsubscriber. */
  onTargetHealth(targetGroupArn: string, changed: () => void): () => void;
  /** The listener's default action and every rule of it, each with its weights. */
  forwardings(listenerArn: string): readonly ForwardingView[];
  /** ARNs of the load balancers whose listeners show a certificate. */
  certificateUsers(certificateArn: string): readonly string[];
  /** Rewrites one forward action (a listener's default action or a rule), as CodeDeploy does. */
  setWeights(listenerOrRuleArn: string, weights: readonly TargetWeight[]): void;
}

export interface TaskSetView {
  readonly id: string;
  readonly taskSetArn: string;
  readonly externalId: string | undefined;
  readonly status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  readonly taskDefinition: string;
  readonly computedDesiredCount: number;
  readonly pendingCount: number;
  readonly runningCount: number;
  readonly stabilityStatus: 'STEADY_STATE' | 'STABILIZING';
  readonly targetGroupArn: string | undefined;
}

export interface EcsServiceView {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly deploymentController: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly desiredCount: number;
  readonly taskSets: readonly TaskSetView[];
}

export interface CreateTaskSetRequest {
  readonly cluster: string;
  readonly service: string;
  readonly taskDefinition: string;
  /** The CodeDeploy deployment id. */
  readonly externalId: string;
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
  /** AppSpec overrides; what is left out is inherited from the primary task set. */
  readonly platformVersion?: string;
  readonly networkConfiguration?: unknown;
  readonly capacityProviderStrategy?: unknown;
}

export interface EcsService {
  /** The container instance upon an EC2 instance; undefined once it has left its cluster. */
  containerInstance(
    ec2InstanceId: string,
  ): { readonly privateIp: string; readonly availabilityZone: string } | undefined;
  service(cluster: string, service: string): EcsServiceView | undefined;
  taskDefinitionExists(arn: string): boolean;
  /** Execution and task role of a task definition, to be passed to its tasks. */
  taskDefinitionRoles(arn: string): readonly string[];
  createTaskSet(request: CreateTaskSetRequest): TaskSetView;
  updateServicePrimaryTaskSet(cluster: string, service: string, taskSetId: string): void;
  /** Stops the tasks and forgets the set once they are gone. */
  deleteTaskSet(cluster: string, service: string, taskSetId: string): void;
  /** Called whenever counts or stability of the service's task sets change; returns the unsubscriber. */
  onTaskSetChange(cluster: string, service: string, changed: () => void): () => void;
}

export interface CodeDeployService {
  /** Present so that other services can tell whether a group is busy. */
  activeDeployment(application: string, deploymentGroup: string): string | undefined;
}

export interface CloudWatchService {
  alarmStates(
    names: readonly string[],
  ): { name: string; state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' }[];
  /** One observation of a metric at the current virtual time. */
  putMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    value: number;
  }): void;
  /** From now on each minute has these observations, one per reporter, until others are told; none end it. */
  holdMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    values: readonly number[];
  }): void;
}

export interface LogsService {
  append(logGroup: string, logStream: string, message: string): void;
  hasGroup(logGroup: string): boolean;
}

export interface S3Service {
  putObject(bucket: string, key: string, body: Uint8Array): void;
  getObject(bucket: string, key: string): Uint8Array | undefined;
  listKeys(bucket: string, prefix: string): string[];
}

/** A service that delivers on its own behalf: the policy of the resource must let it. */
export interface ServiceSender {
  /** `events.amazonaws.com` */
  readonly principal: string;
  /** The rule or topic that it delivers for. */
  readonly sourceArn: string;
}

export interface SnsService {
  /** Throws AwsError `NotFoundException` or, for a `sender`, `AccessDeniedException`. */
  publish(
    topicArn: string,
    message: { subject?: string; message: string },
    sender?: ServiceSender,
  ): string;
}

/** A message attribute with its type; a plain text is of type String. */
export interface TypedAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export interface SqsService {
  /** Throws AwsError `QueueDoesNotExist` or, for a `sender`, `AccessDeniedException`. */
  send(
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string | TypedAttribute>>,
    sender?: ServiceSender,
  ): string;
  /** Takes visible messages, which become invisible; throws AwsError `QueueDoesNotExist`. */
  receive(queueArn: string, maxMessages: number): QueuedMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** Resolves when a message may have become visible, when `limitMs` are over, or on abort. */
  untilVisible(queueArn: string, limitMs: number, signal: AbortSignal): Promise<void>;
  /** Undefined for a queue that is not there. */
  visibilityTimeoutSeconds(queueArn: string): number | undefined;
}

/** A message as a receiver has it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<
    Record<
      string,
      {
        readonly DataType: string | undefined;
        readonly StringValue?: string | undefined;
        readonly BinaryValue?: Uint8Array | undefined;
      }
    >
  >;
  readonly sentMs: number;
  readonly firstReceivedMs: number;
  readonly receiveCount: number;
  /** When it comes back unless it is deleted; epoch milliseconds. */
  readonly visibleAtMs: number;
}

export interface RoleCall {
  readonly roleArn: string;
  /** Who uses the role, and must be trusted by it: `codedeploy.amazonaws.com`. */
  readonly servicePrincipal: string;
  /** Session that the service would name; default the service's own name. */
  readonly sessionName?: string;
  /** `ecs:CreateTaskSet` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the action, e.g. `{ 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that the role's trust policy is asked with: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly trustContext?: Readonly<Record<string, string | readonly string[]>>;
}

export type RoleCallDecision =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** `untrusted`: the role is not there, or its trust policy does not name the service. */
      readonly reason: 'implicit-deny' | 'explicit-deny' | 'untrusted';
      /** AWS's sentence: `User: … is not authorized to perform: … on resource: … because …`. */
      readonly message: string;
    };

/** What a process gets of a role: recognised as that role's session in every call it makes. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

export interface IamService {
  /**
   * Whether a role's identity policies allow an action; undefined when the simulator cannot tell: for a role
   * or a managed policy that it does not hold, and when it hangs on conditions.
   */
  roleMay(roleArn: string, action: string, resource: string): boolean | undefined;
  /** Decides what a service does with a role that it was given, and counts it as used or denied. */
  authorize(call: RoleCall): RoleCallDecision;
  /** Whether the role exists and its trust policy lets the service assume it. */
  canAssume(
    roleArn: string,
    servicePrincipal: string,
    trustContext?: Readonly<Record<string, string | readonly string[]>>,
  ): boolean;
  /** Makes the role that a service has of its own when it is first used in an account. */
  ensureServiceLinkedRole(servicePrincipal: string): void;
  /** Credentials of a new session of a role, for a function or a task. */
  roleCredentials(session: {
    readonly roleArn: string;
    readonly sessionName: string;
  }): RoleCredentials;
}

export interface SsmService {
  /** Decrypted value by name or ARN, each with an optional `:version`; undefined when it is not there. */
  parameterValue(reference: string): string | undefined;
}

export interface SecretsManagerService {
  /** Full ARN of the secret that a name, an ARN or an ARN without its suffix names. */
  secretArn(secretId: string): string | undefined;
  /** Throws AwsError `ResourceNotFoundException` or `InvalidRequestException` (marked for deletion). */
  secretString(request: {
    /** Name, ARN, or ARN without its random suffix. */
    readonly secretId: string;
    readonly versionId?: string | undefined;
    readonly versionStage?: string | undefined;
  }): string;
}
