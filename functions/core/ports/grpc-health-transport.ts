import type { ProbeTls } from './probe-transport.ts';

export interface GrpcHealthRequest {
  /** https://HOST:PORT, or http:// for HTTP/2 with prior knowledge. */
  readonly url: string;
  /** Name of the gRPC service; empty for the server as a whole. */
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly tls?: ProbeTls | undefined;
}

export type GrpcHealthAnswer =
  | {
      readonly kind: 'answer';
      /** HealthCheckResponse.ServingStatus. */
      readonly serving: 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
      readonly durationMs: number;
    }
  /** A gRPC status other than OK, or an HTTP answer that is not gRPC (`status` is then -1). */
  | {
      readonly kind: 'refused';
      readonly status: number;
      /** As the server put it, without the name of the status; empty when it said nothing. */
      readonly message: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'no-response'; readonly reason: string; readonly durationMs: number };

/** grpc.health.v1.Health/Check; never rejects for what the server does. */
export interface GrpcHealthTransport {
  check(request: GrpcHealthRequest, signal: AbortSignal): Promise<GrpcHealthAnswer>;
}
