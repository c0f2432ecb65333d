import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { failsWith, imageCalls, manifestOf, repositoryName, zeros } from './image-calls.ts';
import { testImage, uploadBlobs } from './pushed-image.ts';

let bench: EcrBench;
beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
});
afterEach(() => bench.stop());

const { call, details, push, told } = imageCalls(() => bench);

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
    expect(told().map((detail) => detail['image-tag'])).toEqual(['v1', 'stable']);
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
  ])('with %s and filters %j, moving %s is allowed: %s', async (setting, filters, tag, allowed) => {
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
  });
});
