import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../simulator/oci/media-types.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage, uploadBlobs } from './pushed-image.ts';

const repositoryName = 'team/shop';
/** As the CLI shows it to whoever tags a Helm chart again (aws/aws-sdk issue 193), and as `helm push` does. */
const message =
  "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'";
const image = testImage('a');
const { mediaType: _, ...untyped } = JSON.parse(Buffer.from(image.manifest.bytes).toString());
const withoutType = JSON.stringify(untyped);
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
  await uploadBlobs(bench, repositoryName, image);
});
afterEach(() => bench.stop());

const put = (input: object) => bench.call('PutImage', { repositoryName, ...input });
const push = async (body: string, contentType: string) => {
  const url = `${bench.registry}/v2/${repositoryName}/manifests/v1`;
  const headers = { 'content-type': contentType };
  const response = await fetch(url, { method: 'PUT', headers, body });
  return { status: response.status, body: await response.text() };
};
const reasons = () => bench.world.journal.of('ecr.manifest-refused').map(({ reason }) => reason);

describe('a manifest that ECR does not take', () => {
  it.each([
    ['no JSON', '{', 'The manifest is not JSON in UTF-8'],
    ['no media type', withoutType, 'The manifest says no media type'],
    [
      'a type that is unknown',
      JSON.stringify({ ...untyped, mediaType: 'text/plain' }),
      "The manifest media type 'text/plain' is not supported",
    ],
  ])(
    'is refused by PutImage with %s, and the journal says why',
    async (_, imageManifest, reason) => {
      await expect(put({ imageManifest, imageTag: 'v1' })).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message,
      });
      expect(reasons()).toEqual([reason]);
      expect(bench.events).toEqual([]);
    },
  );

  it('needs its media type also for another tag of what is there', async () => {
    const imageManifest = withoutType;
    const imageManifestMediaType = mediaTypes.ociManifest;
    await put({ imageManifest, imageManifestMediaType, imageTag: 'v1' });

    await expect(put({ imageManifest, imageTag: 'v2' })).rejects.toMatchObject({ message });
    expect(await put({ imageManifest, imageManifestMediaType, imageTag: 'v2' })).toMatchObject({
      image: { imageId: { imageTag: 'v2' }, imageManifestMediaType },
    });
  });

  it('is told to a client of the registry as 405, its Content-Type is the media type', async () => {
    expect(await push('{', mediaTypes.ociManifest)).toEqual({
      status: 405,
      body: JSON.stringify({ errors: [{ code: 'UNSUPPORTED', message, detail: {} }] }),
    });
    expect(await push(withoutType, mediaTypes.ociManifest)).toMatchObject({ status: 201 });
    expect(await push(withoutType, 'application/json')).toMatchObject({ status: 405 });
  });

  it('has no effect on what is there', async () => {
    const digest = await pushTestImage(bench, repositoryName, image, 'v1');

    expect(await push('[]', mediaTypes.ociManifest)).toMatchObject({ status: 405 });
    expect(await bench.call('ListImages', { repositoryName })).toEqual({
      imageIds: [{ imageDigest: digest, imageTag: 'v1' }],
    });
  });
});
