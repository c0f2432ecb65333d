import type { Listener, TargetGroup } from './state.ts';

/** One finished request through a listener; a WebSocket is finished with its upgrade. */
export interface FinishedRequest {
  readonly listenerArn: string;
  readonly listenerPort: number;
  readonly targetGroupName: string | undefined;
  readonly targetId: string | undefined;
  /** As the client saw it; 460 when the client went away first. */
  readonly status: number;
  readonly userAgent: string | undefined;
  readonly durationMs: number;
  /** Without query. */
  readonly path: string;
  /** What the client spoke. */
  readonly protocol: 'http/1.1' | 'h2' | 'websocket';
}

/** What metrics need besides. */
export interface RequestOutcome {
  readonly request: FinishedRequest;
  readonly listener: Listener;
  readonly targetGroup: TargetGroup | undefined;
  readonly answeredByTarget: boolean;
}
