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
