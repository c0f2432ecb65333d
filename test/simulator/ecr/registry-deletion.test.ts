import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, putManifest, testImage, testIndex } from './pushed-image.ts';

const repositoryName = 'team/shop';
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
});
afterEach(() => bench.stop());

const remove = async (reference: string) => {
  const url = `${bench.registry}/v2/${repositoryName}/manifests/${reference}`;
  const response = await fetch(url, { method: 'DELETE' });
  const text = await response.text();
  const { errors = [] } = text === '' ? {} : JSON.parse(text);
  return { status: response.status, code: errors[0]?.code, message: errors[0]?.message };
};
const listed = async () => ((await bench.call('ListImages', { repositoryName })) as object) ?? {};
const deletions = () =>
  bench.events
    .map(({ detail }) => detail as Record<string, string>)
    .filter((detail) => detail['action-type'] === 'DELETE')
    .map((detail) => [detail['image-digest'], detail['image-tag']]);

describe('deleting through the registry', () => {
  it('by digest takes the image with all its tags, its layers and the events', async () => {
    const image = testImage('a');
    const digest = await pushTestImage(bench, repositoryName, image, 'v1');
    await putManifest(bench, repositoryName, 'v2', image.manifest);

    expect(await remove(digest)).toMatchObject({ status: 202 });

    expect(await listed()).toEqual({ imageIds: [] });
    expect(deletions()).toEqual([
      [digest, 'v1'],
      [digest, 'v2'],
    ]);
    const blob = `${bench.registry}/v2/${repositoryName}/blobs/${image.config.descriptor.digest}`;
    expect((await fetch(blob)).status).toBe(404);
  });

  it('by tag takes the tag, and with the last one the image', async () => {
    const image = testImage('a');
    const digest = await pushTestImage(bench, repositoryName, image, 'v1');
    await putManifest(bench, repositoryName, 'v2', image.manifest);

    expect(await remove('v1')).toMatchObject({ status: 202 });
    expect(await listed()).toEqual({ imageIds: [{ imageDigest: digest, imageTag: 'v2' }] });
    expect(await remove('v2')).toMatchObject({ status: 202 });
    expect(await listed()).toEqual({ imageIds: [] });
  });

  it('leaves what an index lists, in the words that ECR’s guide shows', async () => {
    const child = testImage('child');
    const digest = await pushTestImage(bench, repositoryName, child);
    const index = testIndex([{ image: child }]);
    await putManifest(bench, repositoryName, 'v1', index);

    expect(await remove(digest)).toEqual({
      status: 405,
      code: 'UNSUPPORTED',
      message: `Requested image referenced by manifest list: [${index.descriptor.digest}]`,
    });

    expect(await remove(index.descriptor.digest)).toMatchObject({ status: 202 });
    expect(await remove(digest)).toMatchObject({ status: 202 });
  });

  it.each([
    ['v9', 404, 'MANIFEST_UNKNOWN'],
    [`sha256:${'0'.repeat(64)}`, 404, 'MANIFEST_UNKNOWN'],
    ['-v9', 400, 'TAG_INVALID'],
    ['sha256:0', 400, 'DIGEST_INVALID'],
  ])('answers %s with %i %s', async (reference, status, code) => {
    expect(await remove(reference)).toMatchObject({ status, code });
  });
});
