import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** A small shop. How it fails is part of its image (see the Dockerfile); its health check never tells. */
const {
  VERSION = 'v1',
  ERROR_EVERY = '0',
  OMIT_FIELD = '',
  LATENCY_MS = '0',
  INVENTORY_URL = '',
  CRASH_AFTER_MS = '0',
  PORT = '8080',
} = process.env;

const errorEvery = Number(ERROR_EVERY);
const products = [
  { id: 1, name: 'Teapot', price: 24.5 },
  { id: 2, name: 'Kettle', price: 39 },
  { id: 3, name: 'Tea towel', price: 8.25 },
].map((product) =>
  Object.fromEntries(Object.entries(product).filter(([name]) => name !== OMIT_FIELD)),
);

let served = 0;
let stopping = false;

// Longer than the load balancer keeps an idle connection (60 s): whoever closes first must not be this side,
// or a request that is on its way meets a closed connection and becomes a 502.
const server = createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
  const answer = (status, body) => {
    // A connection kept alive would keep the process from ending.
    if (stopping) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': 'application/json', 'x-release': VERSION });
    response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
  };
  const path = (request.url ?? '/').split('?')[0];
  request.resume();
  if (path === '/health') return answer(200, { status: 'ok' });

  served++;
  const fails = errorEvery > 0 && served % errorEvery === 0;
  if (LATENCY_MS !== '0') await delay(Number(LATENCY_MS));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answer(405, { error: `${request.method} is not supported` });
  }
  if (fails) return answer(500, { error: 'the shop lost its thread' });
  if (path === '/') return answer(200, { service: 'shop', version: VERSION });
  if (path !== '/products') return answer(404, { error: `there is no ${path}` });

  const outage = INVENTORY_URL && (await inventoryOutage());
  if (outage) return answer(503, { error: `the inventory service does not answer: ${outage}` });
  return answer(200, { version: VERSION, products });
});

/** Why the inventory service cannot be used; undefined when it can. */
async function inventoryOutage() {
  try {
    const response = await fetch(INVENTORY_URL, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error.cause?.code ?? error.message;
  }
}

server.listen(Number(PORT), () => {
  console.log(`shop ${VERSION} listens on ${server.address().port}`);
});

process.on('SIGTERM', () => {
  stopping = true;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

if (CRASH_AFTER_MS !== '0') {
  setTimeout(() => {
    console.error('shop gives up');
    process.exit(1);
  }, Number(CRASH_AFTER_MS));
}
