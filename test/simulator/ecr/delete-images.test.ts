import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { imageCalls, manifestOf, repositoryName } from './image-calls.ts';
import { putManifest, testImage, testIndex } from './pushed-image.ts';

let bench: EcrBench;
beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
});
afterEach(() => bench.stop());

const { call, details, push, told } = imageCalls(() => bench);

describe('BatchDeleteImage', () => {
  it('takes only the tag while the image has another, then the image and its layers', async () => {
    const image = testImage('a');
    const imageDigest = await push(image, 'v1');
    await call('PutImage', { imageManifest: manifestOf(image), imageTag: 'v2' });
    const blob = `${bench.registry}/v2/${repositoryName}/blobs/${image.config.descriptor.digest}`;

    const untag = await call('BatchDeleteImage', { imageIds: [{ imageTag: 'v2' }] });
    const kept = (await fetch(blob)).status;
    const remove = await call('BatchDeleteImage', { imageIds: [{ imageTag: 'v1' }] });

    expect(untag).toEqual({ imageIds: [{ imageDigest, imageTag: 'v2' }], failures: [] });
    expect(remove).toEqual({ imageIds: [{ imageDigest, imageTag: 'v1' }], failures: [] });
    expect([kept, (await fetch(blob)).status]).toEqual([200, 404]);
    expect(told().at(-1)).toMatchObject({ 'action-type': 'DELETE', 'image-tag': 'v1' });
  });

  it('keeps an image that an index lists, and deletes it after the index', async () => {
    const image = testImage('a');
    const imageDigest = await push(image);
    const index = testIndex([{ image }]);
    await putManifest(bench, repositoryName, 'v1', index);

    const early = await call('BatchDeleteImage', { imageIds: [{ imageDigest }] });
    const late = await call('BatchDeleteImage', {
      imageIds: [{ imageTag: 'v1' }, { imageDigest }, { imageTag: 'v9' }],
    });

    expect(early).toMatchObject({
      imageIds: [],
      failures: [{ failureCode: 'ImageReferencedByManifestList' }],
    });
    expect(late).toMatchObject({
      imageIds: [{ imageDigest: index.descriptor.digest, imageTag: 'v1' }, { imageDigest }],
      failures: [{ failureCode: 'ImageNotFound' }],
    });
    expect(await details()).toEqual([]);
  });

  it('keeps a layer that another image still needs', async () => {
    const [first, second] = [testImage('a'), testImage('a', { subject: testImage('x').manifest })];
    const imageDigest = await push(first, 'v1');
    await push(second, 'v2');

    await call('BatchDeleteImage', { imageIds: [{ imageDigest }] });

    const { digest } = first.config.descriptor;
    const url = `${bench.registry}/v2/${repositoryName}/blobs/${digest}`;
    expect((await fetch(url)).status).toBe(200);
  });
});
