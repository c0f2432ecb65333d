import type { Answers } from '../answers.ts';

/** What runs before anything was pushed: a service must run something, and it has to look healthy. */
export function firstImageFiles({ containerPort, healthPath }: Answers) {
  const dockerfile = `# Runs until the first release. Replace the folder by your own service's, or forget about it.
FROM node:24-alpine
WORKDIR /app
COPY server.mjs ./
EXPOSE ${containerPort}
USER node
CMD ["node", "server.mjs"]
`;
  const server = `import { createServer } from 'node:http';

// Answers ${healthPath}, and everything else, so that the load balancer finds the first tasks healthy.
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: 'waiting for the first release' }));
});
server.listen(${containerPort});
process.once('SIGTERM', () => server.close());
`;
  return [
    { path: 'first-image/Dockerfile', text: dockerfile },
    { path: 'first-image/server.mjs', text: server },
  ];
}
