import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ecrAuthorization } from '../../../simulator/ecr/authorization.ts';
import { mediaTypes } from '../../../simulator/oci/media-types.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

const repositoryName = 'team/shop';
const image = testImage('a');
const imageDigest = image.manifest.descriptor.digest;
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  bench.model.ensureRepository(repositoryName);
  await pushTestImage(bench, repositoryName, image, 'v1');
});
afterEach(() => bench.stop());

const refer = async (name: string) => {
  const referrer = testImage(name, { subject: image.manifest });
  await pushTestImage(bench, repositoryName, referrer);
  return referrer.manifest.descriptor;
};
const list = (input: object = {}) =>
  bench.call('ListImageReferrers', { repositoryName, subjectId: { imageDigest }, ...input });

describe('ListImageReferrers', () => {
  it('shows what has the image for its subject, and nothing else', async () => {
    const { digest, size } = await refer('signature');
    await pushTestImage(bench, repositoryName, testImage('b'), 'v2');

    expect(await list()).toEqual({
      referrers: [
        {
          digest,
          size,
          mediaType: mediaTypes.ociManifest,
          artifactType: mediaTypes.ociConfig,
          artifactStatus: 'ACTIVE',
        },
      ],
    });
  });

  it('gives twenty, or as many as asked, and the rest on the next page', async () => {
    const digests = [];
    for (let n = 0; n < 21; n++) digests.push((await refer(`signature ${n}`)).digest);
    const of = (answer: object) =>
      (answer as { referrers: { digest: string }[] }).referrers.map(({ digest }) => digest);

    const first = await list();
    const second = await list({ nextToken: first.nextToken });

    expect([...of(first), ...of(second)]).toEqual(digests);
    expect([of(first).length, second.nextToken]).toEqual([20, undefined]);
    expect(of(await list({ maxResults: 2 }))).toEqual(digests.slice(0, 2));
  });

  it.each([
    [{ artifactTypes: [mediaTypes.ociConfig] }, 1],
    [{ artifactTypes: ['application/spdx+json'] }, 0],
    [{ artifactStatus: 'ANY' }, 1],
    [{ artifactStatus: 'ARCHIVED' }, 0],
  ])('with the filter %j shows %i of one', async (filter, count) => {
    await refer('signature');

    expect((await list({ filter })).referrers).toHaveLength(count);
  });

  it('has none for an image that is not there, and needs the repository', async () => {
    const subjectId = { imageDigest: `sha256:${'0'.repeat(64)}` };
    expect(await list({ subjectId })).toEqual({ referrers: [] });
    await expect(list({ repositoryName: 'none' })).rejects.toMatchObject({
      code: 'RepositoryNotFoundException',
    });
  });

  it('needs ecr:BatchGetImage on the repository', () => {
    const identity = { region: 'eu-west-1', accountId: '111122223333' };
    const { ListImageReferrers: needs } = ecrAuthorization(identity).operations;

    expect(needs?.({ repositoryName })).toMatchObject({
      action: 'ecr:BatchGetImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/shop',
    });
  });
});
