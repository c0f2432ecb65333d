import type { ProbeTls } from './probe-transport.ts';

export interface WebSocketExchange {
  /** ws:// or wss://. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocol?: string | undefined;
  /** Text message sent after the upgrade; without one the server is expected to speak first. */
  readonly send?: string | undefined;
  /** False when the upgrade alone is the question. */
  readonly awaitReply: boolean;
  /** For upgrade and reply together. */
  readonly timeoutMs: number;
  readonly maxMessageBytes: number;
  readonly tls?: ProbeTls | undefined;
}

export type WebSocketAnswer =
  | {
      readonly kind: 'opened';
      readonly subprotocol: string | undefined;
      /** First message; undefined when none was awaited. */
      readonly reply: string | undefined;
      readonly durationMs: number;
    }
  /** An HTTP answer instead of an upgrade. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'no-response'; readonly reason: string; readonly durationMs: number };

/** Opens a WebSocket, exchanges one message, closes it; never rejects for what the server does. */
export interface WebSocketTransport {
  exchange(exchange: WebSocketExchange, signal: AbortSignal): Promise<WebSocketAnswer>;
}
