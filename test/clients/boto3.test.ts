import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientTimeoutMs, ForeignClient, missingClient } from './foreign-client.ts';
import { pushVersions } from './push-versions.ts';

const missing = missingClient('python3', '-c', 'import boto3');

let client: ForeignClient;
beforeEach(async () => {
  client = await ForeignClient.start();
});
afterEach(() => client.stop());

it(
  'boto3 rolls a service, deploys blue/green and reads events, with waiters and paginators',
  async (context) => {
    if (missing) return context.skip(missing);
    await pushVersions(client.simulator, ['v1', 'v2']);
    const script = await readFile(join(import.meta.dirname, 'python/journey.py'), 'utf8');
    await writeFile(join(client.folder, 'journey.py'), script);
    const told = JSON.parse(await client.output('python3', ['journey.py']));
    expect(told).toEqual({
      rolled: ['shop:2', 'COMPLETED', 2],
      healthy: ['healthy', 'healthy'],
      listed: 2,
      deployed: 'Succeeded',
      // Six, for there is no test listener.
      events: [
        'BeforeInstall',
        'Install',
        'AfterInstall',
        'BeforeAllowTraffic',
        'AllowTraffic',
        'AfterAllowTraffic',
      ],
      traffic: [
        ['Blue', 0],
        ['Green', 100],
      ],
      refused: ['DeploymentDoesNotExistException', 400],
      object: 'hello',
      execution: ['SUCCEEDED', [11, 12, 13]],
    });
  },
  clientTimeoutMs,
);
