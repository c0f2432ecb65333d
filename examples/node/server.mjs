import { createServer } from 'node:http';

const { VERSION = 'v1' } = process.env;
const answers = { '/health': { status: 'ok' }, '/': { hello: 'world', version: VERSION } };

// Kept alive for longer than the load balancer's 60 s: whoever closes an idle connection first must not be this side.
const server = createServer({ keepAliveTimeout: 65_000 }, ({ url = '/' }, response) => {
  const body = answers[url.split('?')[0]];
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? { error: 'there is no such page' }));
});
server.listen(8080);
// ECS says so before it stops a task; what is being answered is answered.
process.once('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeIdleConnections();
});
