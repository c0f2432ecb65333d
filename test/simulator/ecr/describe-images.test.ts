import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { failsWith, imageCalls, manifestOf, repositoryName, zeros } from './image-calls.ts';
import { putManifest, testImage, testIndex } from './pushed-image.ts';

let bench: EcrBench;
beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
});
afterEach(() => bench.stop());

const { call, details, push } = imageCalls(() => bench);

describe('DescribeImages', () => {
  it('says of an index the size of its largest child, and no artifact type', async () => {
    const small = testImage('a');
    const large = testImage('b', {
      architecture: 'arm64',
      config: { Labels: { x: 'yyyyyyyy' } },
    });
    await push(small);
    await push(large);
    const index = testIndex([{ image: small }, { image: large, platform: 'linux/arm64' }]);
    await putManifest(bench, repositoryName, 'v1', index);

    const [detail] = await details({ imageIds: [{ imageTag: 'v1' }] });

    expect(detail).toEqual({
      registryId: '111122223333',
      repositoryName,
      imageDigest: index.descriptor.digest,
      imageTags: ['v1'],
      imageSizeInBytes: large.config.bytes.length,
      imagePushedAt: expect.any(Date),
      imageManifestMediaType: index.descriptor.mediaType,
      imageStatus: 'ACTIVE',
    });
  });

  it('pages through everything once', async () => {
    const digests = [];
    for (const name of ['a', 'b', 'c']) digests.push(await push(testImage(name), name));

    const first = await call('DescribeImages', { maxResults: 2 });
    const second = await call('DescribeImages', { maxResults: 2, nextToken: first.nextToken });

    const both = [first, second].flatMap((page) => page.imageDetails as { imageDigest: string }[]);
    expect(both.map(({ imageDigest }) => imageDigest)).toEqual(digests);
    expect(second).not.toHaveProperty('nextToken');
  });

  it.each([
    [{ imageIds: [{ imageTag: 'v9' }] }, 'ImageNotFoundException'],
    [{ imageIds: [{ imageDigest: zeros }] }, 'ImageNotFoundException'],
    [{ imageIds: [{ imageTag: 'v1', imageDigest: zeros }] }, 'ImageNotFoundException'],
    [{ imageIds: [{}] }, 'InvalidParameterException'],
    [{ imageIds: [] }, 'InvalidParameterException'],
    [{ imageIds: [{ imageTag: 'v1' }], maxResults: 5 }, 'InvalidParameterException'],
    [{ imageIds: [{ imageTag: 'v1' }], nextToken: 'x' }, 'InvalidParameterException'],
    [{ imageIds: Array(101).fill({ imageTag: 'v1' }) }, 'InvalidParameterException'],
    [{ maxResults: 1001 }, 'InvalidParameterException'],
    [{ nextToken: 'made up' }, 'InvalidParameterException'],
    [{ repositoryName: 'none' }, 'RepositoryNotFoundException'],
  ])('refuses %j with %s', async (input, code) => {
    await push(testImage('a'), 'v1');

    await expect(call('DescribeImages', input)).rejects.toEqual(failsWith(code));
  });

  it('describes an image named twice once', async () => {
    const imageDigest = await push(testImage('a'), 'v1');

    expect(await details({ imageIds: [{ imageDigest }, { imageTag: 'v1' }] })).toHaveLength(1);
  });
});

it('ListImages gives one id per tag and one per untagged image', async () => {
  const tagged = testImage('a');
  const imageDigest = await push(tagged, 'v1');
  await call('PutImage', { imageManifest: manifestOf(tagged), imageTag: 'v2' });
  const untagged = await push(testImage('b'));

  expect((await call('ListImages')).imageIds).toEqual([
    { imageDigest, imageTag: 'v1' },
    { imageDigest, imageTag: 'v2' },
    { imageDigest: untagged },
  ]);
  expect(await call('ListImages', { filter: { tagStatus: 'UNTAGGED' } })).toEqual({
    imageIds: [{ imageDigest: untagged }],
  });
});

it('BatchGetImage names what it cannot give, with a code each (aws-facts 1.5)', async () => {
  const image = testImage('a');
  const imageDigest = await push(image, 'v1');
  await push(testImage('b'), 'v2');
  const imageIds = [
    { imageTag: 'v1', imageDigest },
    { imageTag: 'v2', imageDigest },
    { imageTag: 'v9' },
    { imageDigest: 'sha256:12' },
    { imageTag: 'no good' },
    {},
  ];

  const { images, failures } = await call('BatchGetImage', { imageIds });

  expect(images).toMatchObject([{ imageId: imageIds[0], imageManifest: manifestOf(image) }]);
  expect((failures as { failureCode: string }[]).map(({ failureCode }) => failureCode)).toEqual([
    'ImageTagDoesNotMatchDigest',
    'ImageNotFound',
    'InvalidImageDigest',
    'InvalidImageTag',
    'MissingDigestAndTag',
  ]);
  // As moto and LocalStack have it from AWS.
  expect(failures).toContainEqual({
    imageId: { imageDigest: 'sha256:12' },
    failureCode: 'InvalidImageDigest',
    failureReason:
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
  });
});

it('BatchGetImage gives no manifest of a type that the client does not accept', async () => {
  await push(testImage('a'), 'v1');
  const ask = (acceptedMediaTypes: string[]) =>
    call('BatchGetImage', { imageIds: [{ imageTag: 'v1' }], acceptedMediaTypes });

  const refused = await ask(['application/vnd.docker.distribution.manifest.v2+json']);
  const given = await ask(['application/vnd.oci.image.manifest.v1+json']);

  expect(refused).toMatchObject({ images: [], failures: [{ failureCode: 'ImageNotFound' }] });
  expect(given).toMatchObject({ images: [{}], failures: [] });
});

it('has no scan findings for any image', async () => {
  await push(testImage('a'), 'v1');
  const ask = (imageTag: string) => call('DescribeImageScanFindings', { imageId: { imageTag } });

  await expect(ask('v1')).rejects.toEqual(failsWith('ScanNotFoundException'));
  await expect(ask('v9')).rejects.toEqual(failsWith('ImageNotFoundException'));
});
