import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonContent } from '../../../simulator/oci/descriptor.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, putManifest, testImage, testIndex, uploadBlobs } from './pushed-image.ts';

const dockerTypes = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
};

describe('manifests of the registry', () => {
  let bench: EcrBench;
  let base: string;

  beforeEach(async () => {
    bench = await openEcrBench();
    bench.model.ensureRepository('team/shop');
    base = `${bench.registry}/v2/team/shop`;
  });
  afterEach(() => bench.stop());

  const errorOf = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { code: string; message: string }[] };
    return { status: response.status, code: errors[0]?.code, message: errors[0]?.message };
  };
  const tagsPushed = () =>
    bench.events.map(({ detail }) => (detail as Record<string, string>)['image-tag']);

  it('gives a manifest back by tag and by digest, byte for byte', async () => {
    const image = testImage('a');
    const digest = await pushTestImage(bench, 'team/shop', image, 'v1');

    for (const reference of ['v1', digest]) {
      const response = await fetch(`${base}/manifests/${reference}`);
      expect(response.headers.get('docker-content-digest')).toBe(digest);
      expect(response.headers.get('content-type')).toBe(image.manifest.descriptor.mediaType);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(image.manifest.bytes));
    }
    const head = await fetch(`${base}/manifests/v1`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(image.manifest.bytes.length));
    expect(await head.text()).toBe('');
  });

  it('stores what white space the client wrote, for the digest is of the bytes', async () => {
    const image = testImage('a');
    await uploadBlobs(bench, 'team/shop', image);
    const pretty = JSON.stringify(
      JSON.parse(Buffer.from(image.manifest.bytes).toString()),
      null,
      3,
    );

    const put = await fetch(`${base}/manifests/v1`, {
      method: 'PUT',
      headers: { 'content-type': image.manifest.descriptor.mediaType },
      body: pretty,
    });

    expect(put.status).toBe(201);
    expect(await (await fetch(`${base}/manifests/v1`)).text()).toBe(pretty);
    expect(put.headers.get('docker-content-digest')).not.toBe(image.manifest.descriptor.digest);
  });

  it('takes Docker manifests and says their types in the event', async () => {
    const image = testImage('a');
    await uploadBlobs(bench, 'team/shop', image);
    const config = { ...image.config.descriptor, mediaType: dockerTypes.config };
    const manifest = jsonContent(dockerTypes.manifest, {
      schemaVersion: 2,
      mediaType: dockerTypes.manifest,
      config,
      layers: [],
    });

    expect((await putManifest(bench, 'team/shop', 'v1', manifest)).status).toBe(201);
    expect(bench.events[0]?.detail).toMatchObject({
      'manifest-media-type': dockerTypes.manifest,
      'artifact-media-type': dockerTypes.config,
    });
  });

  it('refuses a manifest whose layers are not there', async () => {
    const image = testImage('a');

    const refused = await putManifest(bench, 'team/shop', 'v1', image.manifest);

    expect(await errorOf(refused)).toEqual({
      status: 404,
      code: 'BLOB_UPLOAD_UNKNOWN',
      message: `Layers with digests '[${image.config.descriptor.digest}]' required for pushing image into repository with name 'team/shop' in the registry with id '111122223333' do not exist`,
    });
    expect(bench.events).toEqual([]);
  });

  it('refuses an index before its children, and takes it after them (aws-facts 1.2)', async () => {
    const image = testImage('a');
    const index = testIndex([{ image }]);

    const early = await putManifest(bench, 'team/shop', 'v1', index);
    await pushTestImage(bench, 'team/shop', image);
    const late = await putManifest(bench, 'team/shop', 'v1', index);

    expect(await errorOf(early)).toMatchObject({ status: 400, code: 'MANIFEST_BLOB_UNKNOWN' });
    expect(late.status).toBe(201);
    expect(tagsPushed()).toEqual([undefined, 'v1']);
  });

  it('takes the same push again without an event', async () => {
    const image = testImage('a');
    await pushTestImage(bench, 'team/shop', image, 'v1');

    expect((await putManifest(bench, 'team/shop', 'v1', image.manifest)).status).toBe(201);
    expect(tagsPushed()).toEqual(['v1']);
  });

  it('refuses to move a tag of an immutable repository', async () => {
    bench.model.repositories.create('team/fixed', {
      mutability: { setting: 'IMMUTABLE', exclusionFilters: [] },
    });
    await pushTestImage(bench, 'team/fixed', testImage('a'), 'v1');
    const other = testImage('b');
    await uploadBlobs(bench, 'team/fixed', other);

    const refused = await putManifest(bench, 'team/fixed', 'v1', other.manifest);

    expect(await errorOf(refused)).toEqual({
      status: 400,
      code: 'TAG_INVALID',
      message:
        "The image tag 'v1' already exists in the 'team/fixed' repository and cannot be overwritten because the tag is immutable.",
    });
  });

  it.each([
    ['v1', '{', 'application/vnd.oci.image.manifest.v1+json', 405, 'UNSUPPORTED'],
    ['v1', '{"schemaVersion":2}', 'text/html', 405, 'UNSUPPORTED'],
    ['-bad', '{}', 'application/json', 400, 'TAG_INVALID'],
    ['x'.repeat(129), '{}', 'application/json', 400, 'TAG_INVALID'],
    ['sha256:12', '{}', 'application/json', 400, 'DIGEST_INVALID'],
    [`sha256:${'0'.repeat(64)}`, '{}', 'application/json', 400, 'DIGEST_INVALID'],
    ['v1', ' '.repeat(4_194_305), 'application/json', 413, 'SIZE_INVALID'],
  ])('refuses PUT %s of %.20s', async (reference, body, type, status, code) => {
    const response = await fetch(`${base}/manifests/${reference}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body,
    });

    expect(await errorOf(response)).toMatchObject({ status, code });
    expect(bench.model.repositories.get('team/shop').images.size).toBe(0);
  });

  it.each(['v9', `sha256:${'0'.repeat(64)}`])('does not know %s', async (reference) => {
    expect(await errorOf(await fetch(`${base}/manifests/${reference}`))).toMatchObject({
      status: 404,
      code: 'MANIFEST_UNKNOWN',
    });
  });

  // Recorded: a HEAD for a tag with a plus sign was answered with 400 (bazel-contrib/rules_oci issue 720).
  it.each([
    ['GET', '2024.42.27+1234', 'TAG_INVALID'],
    ['GET', 'sha256:abc', 'DIGEST_INVALID'],
    ['HEAD', '2024.42.27+1234', undefined],
  ])('refuses %s of %s, which can be no reference', async (method, reference, code) => {
    const response = await fetch(`${base}/manifests/${reference}`, { method });

    expect(response.status).toBe(400);
    if (code !== undefined) expect(await errorOf(response)).toMatchObject({ code });
  });

  it('lists tags in lexical order, page by page', async () => {
    for (const tag of ['v2', 'v10', 'v1']) {
      await pushTestImage(bench, 'team/shop', testImage(tag), tag);
    }

    const first = await fetch(`${base}/tags/list?n=2`);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await fetch(`${bench.registry}${link}`);

    expect(await first.json()).toEqual({ name: 'team/shop', tags: ['v1', 'v10'] });
    expect(await second.json()).toEqual({ name: 'team/shop', tags: ['v2'] });
    expect(second.headers.get('link')).toBeNull();
    expect((await fetch(`${base}/tags/list?n=-1`)).status).toBe(400);
  });

  it('lists repositories by name, page by page', async () => {
    for (const name of ['team/api', 'base/node']) bench.model.repositories.create(name);

    const first = await fetch(`${bench.registry}/v2/_catalog?n=2`);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await fetch(`${bench.registry}${link}`);

    expect(await first.json()).toEqual({ repositories: ['base/node', 'team/api'] });
    expect(await second.json()).toEqual({ repositories: ['team/shop'] });
    expect(second.headers.get('link')).toBeNull();
  });

  it('lists the manifests that refer to another as their subject', async () => {
    const image = testImage('a');
    const digest = await pushTestImage(bench, 'team/shop', image, 'v1');
    const signature = testImage('signature', { subject: image.manifest });
    await pushTestImage(bench, 'team/shop', signature);

    const referrers = (await (await fetch(`${base}/referrers/${digest}`)).json()) as {
      manifests: { digest: string }[];
    };

    expect(referrers.manifests.map((entry) => entry.digest)).toEqual([
      signature.manifest.descriptor.digest,
    ]);
  });
});
