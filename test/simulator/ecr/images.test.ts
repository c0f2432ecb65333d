import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import {
  pushTestImage,
  putManifest,
  type TestImage,
  testImage,
  testIndex,
  uploadBlobs,
} from './pushed-image.ts';

const repositoryName = 'team/shop';
const zeros = `sha256:${'0'.repeat(64)}`;

describe('images of the ECR API', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench();
    bench.model.ensureRepository(repositoryName);
  });
  afterEach(() => bench.stop());

  const push = (image: TestImage, tag?: string) => pushTestImage(bench, repositoryName, image, tag);
  const call = (operation: string, input: object = {}) =>
    bench.call(operation, { repositoryName, ...input });
  const manifestOf = (image: TestImage) => Buffer.from(image.manifest.bytes).toString();
  const failsWith = (code: string) => expect.objectContaining({ name: 'AwsError', code });
  const details = async (input: object = {}) =>
    (await call('DescribeImages', input)).imageDetails as Record<string, unknown>[];
  const pushed = () => bench.events.map(({ detail }) => detail as Record<string, string>);

  describe('PutImage', () => {
    it('answers with the image, writes the journal and sends one event per put', async () => {
      const image = testImage('a');
      await uploadBlobs(bench, repositoryName, image);

      const answer = await call('PutImage', { imageManifest: manifestOf(image), imageTag: 'v1' });

      const { digest, mediaType } = image.manifest.descriptor;
      expect(answer).toEqual({
        image: {
          registryId: '111122223333',
          repositoryName,
          imageId: { imageDigest: digest, imageTag: 'v1' },
          imageManifest: manifestOf(image),
          imageManifestMediaType: mediaType,
        },
      });
      expect(bench.world.journal.of('ecr.image-pushed')).toMatchObject([
        { repository: repositoryName, digest, tag: 'v1' },
      ]);
      expect(bench.events).toHaveLength(1);
    });

    it('refuses the same digest under the same tag, without an event (aws-facts 1.2)', async () => {
      const image = testImage('a');
      await push(image, 'v1');

      const again = call('PutImage', { imageManifest: manifestOf(image), imageTag: 'v1' });

      await expect(again).rejects.toEqual(failsWith('ImageAlreadyExistsException'));
      await expect(call('PutImage', { imageManifest: manifestOf(image) })).rejects.toEqual(
        failsWith('ImageAlreadyExistsException'),
      );
      expect(bench.events).toHaveLength(1);
    });

    it('keeps the time of the first push when a digest gets another tag', async () => {
      const image = testImage('a');
      await push(image, 'v1');
      const [before] = await details();
      await bench.world.clock.sleep(3_600_000);

      await call('PutImage', { imageManifest: manifestOf(image), imageTag: 'stable' });

      const [after] = await details();
      expect(after?.imagePushedAt).toEqual(before?.imagePushedAt);
      expect(after?.imageTags).toEqual(['v1', 'stable']);
      expect(pushed().map((detail) => detail['image-tag'])).toEqual(['v1', 'stable']);
    });

    it('leaves the older image untagged when a tag moves (aws-facts 1.6)', async () => {
      const first = await push(testImage('a'), 'latest');
      await push(testImage('b'), 'latest');

      const untagged = await details({ filter: { tagStatus: 'UNTAGGED' } });

      expect(untagged.map(({ imageDigest }) => imageDigest)).toEqual([first]);
      expect(untagged[0]).not.toHaveProperty('imageTags');
    });

    it.each([
      [{ imageTag: 'v1', imageDigest: zeros }, 'ImageDigestDoesNotMatchException'],
      [{ imageTag: 'v1', imageDigest: 'sha256:1' }, 'InvalidParameterException'],
      [{ imageTag: 'no good' }, 'InvalidParameterException'],
      [{ imageTag: 'v1', imageManifest: '{' }, 'InvalidParameterException'],
      [{ imageTag: 'v1', imageManifestMediaType: 'text/plain' }, 'InvalidParameterException'],
      [{ imageTag: 'v1', repositoryName: 'none' }, 'RepositoryNotFoundException'],
      [{ imageTag: 'v1', registryId: '999999999999' }, 'RepositoryNotFoundException'],
    ])('refuses %j with %s and stores nothing', async (input, code) => {
      const image = testImage('a');
      await uploadBlobs(bench, repositoryName, image);

      const put = call('PutImage', { imageManifest: manifestOf(image), ...input });

      await expect(put).rejects.toEqual(failsWith(code));
      expect(await details()).toEqual([]);
      expect(bench.events).toEqual([]);
    });

    it.each([
      ['IMMUTABLE', [], 'v1', false],
      ['IMMUTABLE_WITH_EXCLUSION', ['dev-*'], 'dev-1', true],
      ['IMMUTABLE_WITH_EXCLUSION', ['dev-*'], 'v1', false],
      ['MUTABLE_WITH_EXCLUSION', ['v*.0'], 'v1.0', false],
      ['MUTABLE_WITH_EXCLUSION', ['v*.0'], 'v1-0', true],
      ['MUTABLE', [], 'v1', true],
    ])(
      'with %s and filters %j, moving %s is allowed: %s',
      async (setting, filters, tag, allowed) => {
        await call('PutImageTagMutability', {
          imageTagMutability: setting,
          ...(filters.length > 0 && {
            imageTagMutabilityExclusionFilters: filters.map((filter) => ({
              filterType: 'WILDCARD',
              filter,
            })),
          }),
        });
        await push(testImage('a'), tag);
        const other = testImage('b');
        await uploadBlobs(bench, repositoryName, other);

        const put = call('PutImage', { imageManifest: manifestOf(other), imageTag: tag });

        if (allowed) await expect(put).resolves.toHaveProperty('image');
        else await expect(put).rejects.toEqual(failsWith('ImageTagAlreadyExistsException'));
        expect(bench.events).toHaveLength(allowed ? 2 : 1);
      },
    );
  });

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

      const both = [first, second].flatMap(
        (page) => page.imageDetails as { imageDigest: string }[],
      );
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
      expect(pushed().at(-1)).toMatchObject({ 'action-type': 'DELETE', 'image-tag': 'v1' });
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
      const [first, second] = [
        testImage('a'),
        testImage('a', { subject: testImage('x').manifest }),
      ];
      const imageDigest = await push(first, 'v1');
      await push(second, 'v2');

      await call('BatchDeleteImage', { imageIds: [{ imageDigest }] });

      const { digest } = first.config.descriptor;
      const url = `${bench.registry}/v2/${repositoryName}/blobs/${digest}`;
      expect((await fetch(url)).status).toBe(200);
    });
  });

  it('has no scan findings for any image', async () => {
    await push(testImage('a'), 'v1');
    const ask = (imageTag: string) => call('DescribeImageScanFindings', { imageId: { imageTag } });

    await expect(ask('v1')).rejects.toEqual(failsWith('ScanNotFoundException'));
    await expect(ask('v9')).rejects.toEqual(failsWith('ImageNotFoundException'));
  });
});
