import type { ServerHttp2Stream } from 'node:http2';

/** Answers a call with a framed message, and its status in trailers. */
export function answerGrpc(
  stream: ServerHttp2Stream,
  message: Buffer,
  trailers: Record<string, string> = { 'grpc-status': '0' },
): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+proto' },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(message);
}

/** A framed HealthCheckResponse. */
export const status = (number: number) => Buffer.from([0, 0, 0, 0, 2, 8, number]);
