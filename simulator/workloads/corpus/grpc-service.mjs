import { createServer } from 'node:http2';

/** grpc.health.v1.HealthCheckResponse.ServingStatus. */
const servingStatus = { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2 };
const grpcStatus = { ok: 0, notFound: 5, unimplemented: 12 };

/**
 * HTTP/2 in clear text with grpc.health.v1.Health/Check, for the services `` and `shop.Catalogue`. Anything
 * else is unimplemented, which is what the balancer's own checks take for healthy (aws-facts 4.2).
 */
export async function startGrpcService({ port, variant: name, version, log }, variant, context) {
  const server = createServer();
  const sessions = new Set();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const path = headers[':path'];
      if (path !== '/grpc.health.v1.Health/Check') return respond(stream, grpcStatus.unimplemented);
      context.served++;
      const asked = serviceOf(Buffer.concat(chunks));
      if (asked !== '' && asked !== 'shop.Catalogue') return respond(stream, grpcStatus.notFound);
      const answer = variant.grpcHealth?.(asked, context) ?? { serving: 'SERVING' };
      if (answer.status !== undefined) return respond(stream, answer.status);
      return respond(stream, grpcStatus.ok, reply(servingStatus[answer.serving]));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(variant.port ?? port, resolve);
  });
  log(`corpus ${name} ${version} listens on ${server.address().port}, gRPC`);
  return {
    port: server.address().port,
    stop: () => {
      const closed = new Promise((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      return closed;
    },
  };
}

function respond(stream, status, message) {
  const trailers = { 'grpc-status': String(status) };
  const head = { ':status': 200, 'content-type': 'application/grpc' };
  if (message === undefined) return stream.respond({ ...head, ...trailers }, { endStream: true });
  stream.respond(head, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(message);
}

/** A length-prefixed message whose field 1 is an enum. */
function reply(status) {
  return Buffer.from([0, 0, 0, 0, 2, 0x08, status]);
}

/** Field 1 of the request: the service's name, up to 127 bytes. */
function serviceOf(data) {
  return data.length > 7 && data[5] === 0x0a ? data.subarray(7, 7 + data[6]).toString('utf8') : '';
}
