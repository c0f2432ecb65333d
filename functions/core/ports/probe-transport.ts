/** How a connection is secured; ignored for http:// and ws://. Certificates are always verified. */
export interface ProbeTls {
  /**
   * Sent as SNI, and the name that the certificate must be for; default the Host header, else the URL's host. Where
   * that is a load balancer's own name or an address, only the chain is verified: nobody can have a certificate for it.
   */
  readonly serverName?: string | undefined;
  /** PEM of a private authority, trusted instead of the public ones. */
  readonly ca?: string | undefined;
}

export interface ProbeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly timeoutMs: number;
  /** Bytes of the body that are kept; the rest is read and dropped. */
  readonly maxBodyBytes: number;
  /** Default `http/1.1`; `h2` with an http:// URL is sent with prior knowledge. */
  readonly protocol?: 'http/1.1' | 'h2' | undefined;
  readonly tls?: ProbeTls | undefined;
}

/** Where the time of one request went, in milliseconds; a phase that did not take place is 0. */
export interface ProbeTimings {
  readonly dnsMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  /** From the request being sent to the first byte of the answer. */
  readonly firstByteMs: number;
  readonly totalMs: number;
}

export interface ProbeCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly validFromMs: number;
  readonly validToMs: number;
}

export type ProbeResponse =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** Names in lower case; repeated headers joined by a comma. */
      readonly headers: Readonly<Record<string, string>>;
      /** Each Set-Cookie header by itself: joined ones cannot be told apart. */
      readonly setCookies?: readonly string[];
      readonly body: string;
      /** Bytes of the body, kept or not, after a Content-Encoding is undone. */
      readonly bodyBytes?: number;
      readonly durationMs: number;
      readonly timings?: ProbeTimings;
      readonly protocol?: 'http/1.1' | 'h2';
      readonly certificate?: ProbeCertificate | undefined;
    }
  | {
      readonly kind: 'no-response';
      readonly reason: string;
      readonly durationMs: number;
      readonly timings?: ProbeTimings;
    };

/** Sends one HTTP request on a connection of its own; never rejects for what the server does. */
export interface ProbeTransport {
  send(request: ProbeRequest, signal: AbortSignal): Promise<ProbeResponse>;
}
