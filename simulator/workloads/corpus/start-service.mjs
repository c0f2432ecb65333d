import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startGrpcService } from './grpc-service.mjs';
import { seededRandom } from './random.mjs';
import { sendAnswer } from './send-answer.mjs';
import { shopAnswer } from './shop.mjs';
import { findVariant } from './variants/index.mjs';
import { answerUpgrade } from './web-socket.mjs';

/** What a sound release takes for an answer. */
const usualMs = 8;

/**
 * Starts a release. `exit` ends the container, so tests may watch a crash from inside.
 *
 * @param {{ version: string, variant: string, protocol: string, port: number, seed: string,
 *   environment: Record<string, string | undefined>,
 *   exit: (code: number, reason: string) => void, log: (line: string) => void }} options
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 */
export async function startService(options) {
  const { version, log, exit } = options;
  const variant = findVariant(options.variant);
  const context = {
    version,
    exit,
    log,
    environment: options.environment,
    random: seededRandom(`${options.variant} ${options.seed}`),
    /** Requests so far, health checks apart. */
    served: 0,
    healthChecks: 0,
  };
  await variant.beforeStart?.(context);
  if (options.protocol === 'grpc') return startGrpcService(options, variant, context);

  let stopping = false;
  // Longer than the balancer keeps an idle connection (60 s), see the shop's server.
  const server = createServer({ keepAliveTimeout: 65_000, ...variant.serverOptions });
  server.on('request', (request, response) => {
    request.resume();
    if (stopping) response.setHeader('connection', 'close');
    void serve(request, response);
  });
  const upgraded = new Set();
  server.on('upgrade', (request, socket) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    answerUpgrade(request, socket, variant);
  });

  async function serve(request, response) {
    const { method = 'GET', headers } = request;
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/health') {
      context.healthChecks++;
      const health = { status: 200, headers: {}, body: 'ok\n' };
      const answer = variant.health ? variant.health(context) : health;
      return answer && sendAnswer(response, method, answer);
    }
    const visit = { ...context, context, path, method, headers, request, response };
    visit.served = ++context.served;
    await delay(usualMs + Math.max(0, variant.delayMs?.(visit) ?? 0));
    const sound = shopAnswer({ path, method, headers, version, ageSeconds: 12 });
    const answer = variant.answer?.(sound, visit) ?? sound;
    if (variant.send?.(visit, answer)) return undefined;
    sendAnswer(response, method, answer);
  }

  const port = variant.port ?? options.port;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  log(`corpus ${options.variant} ${version} listens on ${server.address().port}`);
  return {
    port: server.address().port,
    stop: () => {
      stopping = true;
      const closed = new Promise((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // The server forgets connections that are no longer HTTP, and would wait for them.
      for (const socket of upgraded) socket.destroy();
      return closed;
    },
  };
}
