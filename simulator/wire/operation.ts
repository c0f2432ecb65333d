import type { Principal } from '../iam/principal.ts';

/** Who called: told from the access key id of the request's signature, which is not verified. */
export interface Caller {
  readonly accessKeyId: string;
  /** Name of the function, of the user, or `ROLE/SESSION`; `user` for the account's administrator. */
  readonly name: string;
  /** Absent for the account's administrator. */
  readonly principal?: Principal;
  /** Why the credentials are refused, whatever the call. */
  readonly refusal?: 'unknown' | 'expired';
}

export interface CallContext {
  readonly caller: Caller;
  readonly requestId: string;
  /** Address of the client. */
  readonly sourceIp?: string | undefined;
}

/**
 * One modelled API operation. `members` lists the top-level input members that are modelled: any other
 * one that a client sends with a meaning is refused by name, never ignored (style habit 22).
 */
export interface WireOperation {
  readonly members: readonly string[];
  /** `false` for an operation that waits for the work of others (a long poll): time may pass meanwhile. */
  readonly holdsClock?: boolean;
  handle(input: never, context: CallContext): unknown;
}

/** Declares an operation with the SDK's own input and output types. */
export function operation<Input extends object, Output extends object>(
  members: readonly (keyof Input & string)[],
  handle: (
    input: Input,
    context: CallContext,
  ) => Omit<Output, '$metadata'> | Promise<Omit<Output, '$metadata'>>,
): WireOperation {
  return { members, handle };
}

/** The SDK packages whose runtime schemas describe the wire (ecosystem.md section 3). */
export type ServiceName =
  | 'acm'
  | 'application-auto-scaling'
  | 'cloudformation'
  | 'cloudwatch'
  | 'cloudwatch-logs'
  | 'codedeploy'
  | 'ec2'
  | 'ecr'
  | 'ecs'
  | 'elastic-load-balancing-v2'
  | 'eventbridge'
  | 'iam'
  | 'lambda'
  | 's3'
  | 'secrets-manager'
  | 'servicediscovery'
  | 'sfn'
  | 'sns'
  | 'sqs'
  | 'ssm'
  | 'sts';

/** Services that policies decide about; of some a template declares mere records. */
export type AuthorizedService = ServiceName | 'auto-scaling' | 'route-53';

export interface WireService {
  readonly name: ServiceName;
  readonly operations: Readonly<Record<string, WireOperation>>;
}
