/** What the simulator writes down while it runs: the rehearsal's display, its report and its tests read it. */
export interface JournalKinds {
  'api.called': { service: string; operation: string; caller: string; errorCode?: string };
  'ecr.image-pushed': { repository: string; digest: string; tag?: string };
  'ecr.manifest-refused': { repository: string; reason: string };
  'event.published': { id: string; source: string; detailType: string; detail: unknown };
  /** Put on a bus that is not there. */
  'event.lost': {
    id: string;
    source: string | undefined;
    detailType: string | undefined;
    reason: string;
  };
  'event.delivered': {
    id: string;
    rule: string;
    targetArn: string;
    outcome: 'ok' | 'dead-lettered' | 'dropped';
  };
  'execution.started': { executionArn: string; name: string; input: unknown };
  'execution.redriven': { executionArn: string; redriveCount: number };
  'execution.state-entered': { executionArn: string; state: string; type: string };
  'execution.state-exited': { executionArn: string; state: string };
  'execution.ended': {
    executionArn: string;
    status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
    error?: string;
    cause?: string;
    output?: unknown;
  };
  'lambda.started': { functionName: string; requestId: string; coldStart: boolean };
  /** `reason` as TooManyRequestsException tells it. */
  'lambda.throttled': { functionName: string; reason: string };
  'lambda.ended': {
    functionName: string;
    requestId: string;
    durationMs: number;
    errorType?: string;
  };
  'deployment.created': {
    deploymentId: string;
    application: string;
    deploymentGroup: string;
    creator: 'user' | 'codeDeployRollback';
  };
  'deployment.status': { deploymentId: string; status: string; errorCode?: string };
  'lifecycle.started': { deploymentId: string; lifecycleEvent: string };
  'lifecycle.ended': { deploymentId: string; lifecycleEvent: string; status: string };
  'listener.weights': {
    listenerArn: string;
    port: number;
    weights: { targetGroupName: string; weight: number }[];
  };
  'target.health': {
    targetGroupName: string;
    target: string;
    state: string;
    reason?: string;
  };
  'task.started': { taskArn: string; image: string; imageDigest: string; privateIp: string };
  'task.stopped': { taskArn: string; imageDigest: string; reason: string };
  'object.put': { bucket: string; key: string };
  'notification.published': { topicArn: string; subject?: string; message: string };
  /** To people: nobody reads e-mail or text messages here. */
  'notification.sent': { protocol: string; endpoint: string; message: string };
  'notification.failed': { topicArn: string; endpoint: string; reason: string };
  'message.queued': { queueArn: string; body: string };
  'stack.resource-created': { stack: string; logicalId: string; type: string };
  'clock.jumped': { byMs: number };
  /** A fault of the control API befell a call (`service`, `operation`, `caller`) or an event (`eventId`). */
  'fault.injected': {
    fault: string;
    effect: string;
    service?: string;
    operation?: string;
    caller?: string;
    eventId?: string;
  };
}

export type JournalKind = keyof JournalKinds;
export type JournalEntry = {
  [K in JournalKind]: { readonly seq: number; readonly atMs: number; readonly kind: K } & Readonly<
    JournalKinds[K]
  >;
}[JournalKind];
export type JournalListener = (entry: JournalEntry) => void;

/** Append-only record of everything observable, in order, stamped with virtual time. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #listeners = new Set<JournalListener>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  record<K extends JournalKind>(kind: K, fields: JournalKinds[K]): void {
    const entry = {
      seq: this.entries.length,
      atMs: this.#nowMs(),
      kind,
      ...fields,
    } as unknown as JournalEntry;
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  subscribe(listener: JournalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  of<K extends JournalKind>(kind: K): Extract<JournalEntry, { kind: K }>[] {
    return this.entries.filter((entry) => entry.kind === kind) as Extract<
      JournalEntry,
      { kind: K }
    >[];
  }
}
