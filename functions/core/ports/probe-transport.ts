export interface ProbeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Bytes of the body that are kept; the rest is read and dropped. */
  readonly maxBodyBytes: number;
}

export type ProbeResponse =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'no-response'; readonly reason: string; readonly durationMs: number };

/** Sends one HTTP request on a connection of its own; never rejects for what the server does. */
export interface ProbeTransport {
  send(request: ProbeRequest, signal: AbortSignal): Promise<ProbeResponse>;
}
