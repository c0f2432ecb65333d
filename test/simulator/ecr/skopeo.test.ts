import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleImage, type OciImage } from '../../../simulator/oci/image.ts';
import { tarLayer } from '../../../simulator/oci/tar-layer.ts';
import { writeOciDirectory } from '../../support/simulator/oci-directory.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';

const run = promisify(execFile);

function installed(): boolean {
  try {
    execFileSync('skopeo', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let bench: EcrBench;
let folder: string;

beforeEach(async () => {
  bench = await openEcrBench();
  folder = await mkdtemp(join(tmpdir(), 'greengate-skopeo-'));
  await bench.call('CreateRepository', { repositoryName: 'team/shop' });
});
afterEach(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

const host = () => bench.registry.replace('http://', '');
const skopeo = (...args: string[]) =>
  run('skopeo', args, { env: { ...process.env, HOME: folder } });

async function imageOf(attestation: boolean): Promise<OciImage> {
  const layer = await tarLayer({
    directories: [],
    files: [{ path: 'app/server.mjs', content: Buffer.from('console.log(1)\n') }],
  });
  return assembleImage({
    platform: { os: 'linux', architecture: 'amd64' },
    settings: { environment: new Map() },
    history: [{ createdBy: 'COPY . .', layer }],
    attestation,
  });
}

const pushes = () =>
  bench.events.map(({ detail }) => {
    const { 'image-digest': digest, 'image-tag': tag } = detail as Record<string, string>;
    return tag === undefined ? { digest } : { digest, tag };
  });

describe.skipIf(!installed())('skopeo (skipped where it is not installed)', () => {
  it('copies an index with its attestation to the registry and back, byte for byte', async () => {
    const image = await imageOf(true);
    await writeOciDirectory(join(folder, 'from'), image, 'v1');
    const there = `docker://${host()}/team/shop:v1`;
    const push = ['copy', '--all', '--dest-tls-verify=false', `oci:${folder}/from:v1`, there];
    await skopeo(...push);
    expect(pushes()).toEqual([
      { digest: image.manifest.descriptor.digest },
      { digest: image.attestation?.descriptor.digest },
      { digest: image.digest, tag: 'v1' },
    ]);

    await skopeo(...push);
    expect(pushes()).toHaveLength(3);

    await skopeo('copy', '--all', '--src-tls-verify=false', there, `oci:${folder}/back:v1`);
    const { manifests } = JSON.parse(await readFile(join(folder, 'back/index.json'), 'utf8'));
    expect(manifests).toMatchObject([{ digest: image.digest }]);
    for (const { descriptor, bytes } of [...image.blobs, image.manifest]) {
      const path = join(folder, 'back/blobs', descriptor.digest.replace(':', '/'));
      expect(await readFile(path)).toEqual(Buffer.from(bytes));
    }
  });

  it('mounts, inspects and lists with the credentials of GetAuthorizationToken', async () => {
    const image = await imageOf(false);
    await bench.call('CreateRepository', { repositoryName: 'team/other' });
    await writeOciDirectory(join(folder, 'from'), image, 'v1');
    const { authorizationData } = (await bench.call('GetAuthorizationToken', {})) as {
      authorizationData: { authorizationToken: string }[];
    };
    const creds = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString();
    const shop = `docker://${host()}/team/shop:v1`;
    const common = ['--dest-tls-verify=false', '--dest-creds', creds];
    await skopeo('copy', ...common, `oci:${folder}/from:v1`, shop);
    const other = `docker://${host()}/team/other:v1`;
    await skopeo('copy', '--src-tls-verify=false', '--src-creds', creds, ...common, shop, other);

    const read = ['--tls-verify=false', '--creds', creds];
    const { stdout: inspected } = await skopeo('inspect', ...read, other);
    expect(JSON.parse(inspected)).toMatchObject({
      Digest: image.digest,
      RepoTags: ['v1'],
      Architecture: 'amd64',
    });
    const tags = await skopeo('list-tags', ...read, `docker://${host()}/team/shop`);
    expect(JSON.parse(tags.stdout)).toEqual({
      Repository: `${host()}/team/shop`,
      Tags: ['v1'],
    });
  });

  it.each([
    ['copy of a missing tag', 'team/shop:none', /manifest unknown/],
    ['copy from a missing repository', 'team/none:v1', /name unknown/],
  ])('%s fails with the error of the registry', async (_, name, message) => {
    const pull = ['copy', '--src-tls-verify=false', `docker://${host()}/${name}`];
    await expect(skopeo(...pull, `oci:${folder}/back:v1`)).rejects.toThrow(message);
  });

  it('deletes an image, which then is gone for the API as well', async () => {
    await writeOciDirectory(join(folder, 'from'), await imageOf(false), 'v1');
    const there = `docker://${host()}/team/shop:v1`;
    await skopeo('copy', '--dest-tls-verify=false', `oci:${folder}/from:v1`, there);
    await skopeo('delete', '--tls-verify=false', there);
    expect(await bench.call('ListImages', { repositoryName: 'team/shop' })).toEqual({
      imageIds: [],
    });
  });
});
