import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

const run = promisify(execFile);

function installed(): boolean {
  try {
    execFileSync('docker', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let bench: EcrBench;
let folder: string;

beforeEach(async () => {
  bench = await openEcrBench();
  folder = await mkdtemp(join(tmpdir(), 'greengate-docker-'));
  for (const repositoryName of ['team/shop', 'team/arm']) {
    await bench.call('CreateRepository', { repositoryName });
  }
});
afterEach(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string) => `${bench.registry.replace('http://', '')}/${name}`;
/** Of all that docker does with a registry, what needs no daemon. */
const manifest = (verb: string, ...args: string[]) =>
  run('docker', ['manifest', verb, '--insecure', ...args], {
    env: { ...process.env, HOME: folder, DOCKER_CONFIG: folder },
  });

const title = 'docker manifest (skipped where docker is not installed)';
describe.skipIf(!installed())(title, { timeout: 120_000 }, () => {
  it('makes a list of images of one repository, and reads it back', async () => {
    const [amd, arm] = ['amd64', 'arm64'].map((architecture) => testImage('a', { architecture }));
    if (!amd || !arm) throw new Error('two images');
    const digests = [
      await pushTestImage(bench, 'team/shop', amd, 'amd64'),
      await pushTestImage(bench, 'team/shop', arm, 'arm64'),
    ];

    const list = at('team/shop:v1');
    await manifest('create', list, at('team/shop:amd64'), at('team/shop:arm64'));
    const { stdout: pushed } = await manifest('push', list);

    const { stdout } = await manifest('inspect', list);
    const { manifests } = JSON.parse(stdout) as {
      manifests: { digest: string; platform: { architecture: string } }[];
    };
    expect(manifests.map(({ digest, platform }) => [digest, platform.architecture])).toEqual([
      [digests[0], 'amd64'],
      [digests[1], 'arm64'],
    ]);
    const { imageIds } = await bench.call('ListImages', { repositoryName: 'team/shop' });
    expect(imageIds).toContainEqual({ imageDigest: pushed.trim(), imageTag: 'v1' });
  });

  it('needs blob mounting for an image of another repository, as with ECR', async () => {
    await pushTestImage(bench, 'team/arm', testImage('a', { architecture: 'arm64' }), 'v1');
    const list = at('team/shop:v1');
    await manifest('create', list, at('team/arm:v1'));

    await expect(manifest('push', list)).rejects.toThrow(/error mounting team\/arm/);

    await bench.call('PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'ENABLED' });
    await manifest('push', list);
    const { stdout } = await manifest('inspect', list);
    expect(JSON.parse(stdout).manifests).toMatchObject([{ platform: { architecture: 'arm64' } }]);
  });
});
