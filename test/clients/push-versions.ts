import type { Simulator } from '../../simulator/simulator.ts';

const app = (version: string) => `
  import http from 'node:http';
  http.createServer((request, response) => {
    console.log(JSON.stringify({ version: '${version}', path: request.url }));
    response.end('${version}');
  }).listen(8080);
  process.on('SIGTERM', () => process.exit(0));
`;

/** Pushes `team/shop` with these tags: a server that answers with its version and logs the path. */
export async function pushVersions(simulator: Simulator, tags: readonly string[]): Promise<void> {
  for (const tag of tags) {
    const response = await fetch(`${simulator.endpoint}/_greengate/images`, {
      method: 'POST',
      body: JSON.stringify({
        repository: 'team/shop',
        tag,
        files: {
          Dockerfile: 'FROM node:20\nCOPY app.mjs .\nEXPOSE 8080\nCMD ["node","app.mjs"]',
          'app.mjs': app(tag),
        },
      }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}
