import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundledCustomChecks } from '../../functions/adapters/bundled-custom-checks.ts';
import { greengateVersion } from '../../functions/adapters/greengate-version.ts';
import { httpProbe } from '../../functions/adapters/probe/http-probe.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import { parseConfig } from '../../functions/core/config/parse.ts';
import type { CustomCheckConfig } from '../../functions/core/config/schema.ts';
import type { Listener } from '../../functions/core/ports/load-balancing.ts';
import { runCustomCheck } from '../../functions/lifecycle-hook/custom/run-custom-check.ts';
import { buildCustomChecks } from '../../infra/custom-checks/build-custom-checks.ts';
import { repositoryRoot } from '../../infra/paths.ts';
import { FakeLog } from '../support/fakes/fake-log.ts';
import { FakeSecrets } from '../support/fakes/fake-secrets.ts';

// docs/how-to/write-a-check.md, done: its configuration and its file, built and run as a hook would.
const page = readFileSync(join(repositoryRoot, 'docs/how-to/write-a-check.md'), 'utf8');
const shownYaml = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const text = `services:
  - name: shop
    image: { repository: team/shop, tags: [v1] }
    target: { cluster: prod, service: shop, container: app, application: shop, deploymentGroup: shop }
${shownYaml.replaceAll(/^/gm, '    ')}`;

const token = 'shop-t0ken';
const servers: Server[] = [];
let scratch: string;
let bundle: URL;
let check: CustomCheckConfig;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'write-a-check-'));
  const parsed = parseConfig(text, 'greengate.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const built = await buildCustomChecks(parsed.config, join(repositoryRoot, 'greengate.yaml'));
  if (!built.ok) throw new Error(built.problems.join('\n'));
  writeFileSync(join(scratch, 'custom-checks.mjs'), built.text ?? '');
  bundle = pathToFileURL(join(scratch, 'custom-checks.mjs'));
  const [first] = parsed.config.services[0]?.checks.afterAllowTestTraffic ?? [];
  if (first?.type !== 'custom') throw new Error('The page shows no check of type custom');
  check = first;
});
afterAll(() => rmSync(scratch, { recursive: true }));
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A shop whose baskets cost so much; it answers only those that know the token. */
async function shop(totalCents: unknown): Promise<Listener> {
  const server = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${token}`;
    response.writeHead(known ? 200 : 401, { connection: 'close' });
    request.resume().on('end', () => response.end(known ? JSON.stringify({ totalCents }) : token));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { listenerArn: `arn:${port}`, protocol: 'HTTP', port, host: '127.0.0.1', forwardings: [] };
}

function run(listener: Listener, originalListener: Listener | undefined, known = token) {
  const secrets = new FakeSecrets();
  secrets.values.set('shop/probe#token', known);
  const vantage = {
    lifecycleEvent: 'AfterAllowTestTraffic',
    deploymentId: 'd-AAAAAAAA1',
    service: 'shop',
    image: undefined,
    listener,
    originalListener,
  } as const;
  return runCustomCheck(check, vantage, {
    probe: httpProbe(greengateVersion),
    clock: systemClock,
    signal: new AbortController().signal,
    secrets,
    customChecks: bundledCustomChecks(bundle),
    log: new FakeLog(),
  });
}

describe('the check of docs/how-to/write-a-check.md', () => {
  it('shows the example file as it is', () => {
    const shown = /```ts\n([\s\S]*?)```/.exec(page)?.[1];
    expect(shown).toBe(readFileSync(join(repositoryRoot, check.file), 'utf8'));
  });

  it('passes when both baskets cost the same', async () => {
    expect(await run(await shop(2_597), await shop(2_597))).toMatchObject({
      name: 'basket total',
      verdict: 'pass',
      sentence: 'basket total: expected a total of 2597 cents, give or take 0, got 2597 cents',
      samples: 2,
    });
  });

  it('fails when the replacement has another price', async () => {
    expect(await run(await shop(2_598), await shop(2_597))).toMatchObject({
      verdict: 'fail',
      observed: '2598 cents',
      evidence: [
        { subject: 'replacement', state: '2598' },
        { subject: 'original', state: '2597' },
        { kind: 'response', status: 200, body: '{"totalCents":2597}' },
      ],
    });
  });

  it('fails when the replacement has no total, and shows its answer without the secret', async () => {
    const result = await run(await shop('2597'), await shop(2_597), 'another-token');
    expect(result).toMatchObject({ verdict: 'fail', observed: 'none', samples: 1 });
    expect(result.evidence).toMatchObject([{ kind: 'response', status: 401 }]);
    expect(JSON.stringify(result)).not.toContain('another-token');
  });

  it('is inconclusive without an original', async () => {
    expect(await run(await shop(2_597), undefined)).toMatchObject({ verdict: 'inconclusive' });
  });
});
