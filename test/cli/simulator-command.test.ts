import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { repositoryRoot } from '../architecture/source-files.ts';

const limitMs = 60_000;
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the command as `npm run simulator` does; resolves with its ready line. */
async function start(...args: string[]): Promise<{ line: string; endpoint: string }> {
  const started = spawn(process.execPath, ['cli/start-simulator.mjs', '--port', '0', ...args], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let text = '';
  started.stderr.on('data', (part) => {
    text += part;
  });
  const line = await new Promise<string>((resolve, reject) => {
    let output = '';
    started.stdout.on('data', (part) => {
      output += part;
      if (output.endsWith('\n')) resolve(output.trim());
    });
    started.once('close', () => reject(new Error(`It ended: ${text}`)));
  });
  return { line, endpoint: /endpoint (\S+)/.exec(line)?.[1] ?? '' };
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  'starts empty, on loopback, as it was told, and ends at %s leaving nothing behind',
  async (signal) => {
    const { line, endpoint } = await start(
      ...['--seed', '7', '--account', '111122223333', '--region', 'eu-west-1'],
      ...['--time', 'stepped', '--start', '2026-01-01T00:00:00Z', '--setting', 'rollbackGapMs=5'],
    );
    expect(line).toMatch(
      /^Greengate simulator ready, on loopback only: endpoint http:\/\/127\.0\.0\.1:(\d+) registry 127\.0\.0\.1:\1$/,
    );
    const state = await (await fetch(`${endpoint}/_greengate/state`)).json();
    expect(state).toMatchObject({
      time: '2026-01-01T00:00:00.000Z',
      accountId: '111122223333',
      region: 'eu-west-1',
      seed: 7,
      journalEntries: 0,
      listeners: [],
    });
    const settings = await (await fetch(`${endpoint}/_greengate/settings`)).json();
    expect(settings).toMatchObject({ rollbackGapMs: 5 });
    child?.kill(signal);
    expect(await once(child as ChildProcess, 'close')).toEqual([0, null]);
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    // The bundle stays for the next start, whole.
    const bundles = readdirSync(join(repositoryRoot, 'node_modules/.cache/greengate'));
    expect(bundles.filter((name) => name.includes(`${child?.pid}`))).toEqual([]);
    expect(bundles).toContainEqual(expect.stringMatching(/^simulator-[0-9a-f]{16}\.mjs$/));
  },
  limitMs,
);

it(
  'loads what cdk synth wrote',
  async () => {
    const assembly = mkdtempSync(join(tmpdir(), 'simulator-assembly-'));
    onTestFinished(() => rmSync(assembly, { recursive: true }));
    const stack = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Shop.template.json' },
    };
    const cluster = { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'of-an-assembly' } };
    const write = (name: string, value: unknown) =>
      writeFileSync(join(assembly, name), JSON.stringify(value));
    write('manifest.json', { version: '48.0.0', artifacts: { Shop: stack } });
    write('Shop.template.json', { Resources: { Cluster: cluster } });
    const { endpoint } = await start('--assembly', assembly);
    const ecs = new ECSClient({
      ...{ endpoint, region: 'us-east-1' },
      credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    });
    onTestFinished(() => ecs.destroy());
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([
      'arn:aws:ecs:us-east-1:123456789012:cluster/of-an-assembly',
    ]);
  },
  limitMs,
);
