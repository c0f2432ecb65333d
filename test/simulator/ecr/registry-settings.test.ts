import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveReplica } from '../../../simulator/ecr/receive-replica.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

const repositoryName = 'team/shop';
const resourceArn = `arn:aws:ecr:eu-west-1:111122223333:repository/${repositoryName}`;
let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
  await bench.call('CreateRepository', { repositoryName, tags: [{ Key: 'team', Value: 'a' }] });
});
afterEach(() => bench.stop());

describe('repository policies', () => {
  const policyText = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
  });
  it('are set, shown and deleted', async () => {
    const shown = { registryId: '111122223333', repositoryName, policyText };
    expect(await bench.call('SetRepositoryPolicy', { repositoryName, policyText })).toEqual(shown);
    expect(await bench.call('GetRepositoryPolicy', { repositoryName })).toEqual(shown);
    expect(await bench.call('DeleteRepositoryPolicy', { repositoryName })).toEqual(shown);
    await expect(bench.call('GetRepositoryPolicy', { repositoryName })).rejects.toMatchObject({
      code: 'RepositoryPolicyNotFoundException',
      message: `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '111122223333'`,
    });
  });

  it.each(['{', '{}', '{"Statement":[{"Effect":"Allow","Action":"*"}]}'])(
    'are refused when they are none: %s',
    async (text) => {
      await expect(
        bench.call('SetRepositoryPolicy', { repositoryName, policyText: text }),
      ).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message:
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
      });
      await expect(bench.call('PutRegistryPolicy', { policyText: text })).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message:
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'",
      });
    },
  );
});

describe('tags of a repository', () => {
  it('are added, replaced and removed', async () => {
    const tags = [
      { Key: 'team', Value: 'b' },
      { Key: 'stage', Value: 'test' },
    ];
    await bench.call('TagResource', { resourceArn, tags });
    expect(await bench.call('ListTagsForResource', { resourceArn })).toEqual({ tags });
    await bench.call('UntagResource', { resourceArn, tagKeys: ['team'] });
    expect(await bench.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [tags[1]] });
  });
});

describe('replication', () => {
  const arrive = (digest: string, tag?: string) =>
    receiveReplica(bench.model, bench.world, {
      repository: repositoryName,
      image: digest,
      sourceRegion: 'eu-central-1',
      result: 'SUCCESS',
      ...(tag !== undefined && { tag }),
    });
  it('to other Regions is refused by name; without rules it is as AWS shows it', async () => {
    const replicationConfiguration = {
      rules: [{ destinations: [{ region: 'eu-central-1', registryId: '111122223333' }] }],
    };
    await expect(
      bench.call('PutReplicationConfiguration', { replicationConfiguration }),
    ).rejects.toMatchObject({ code: 'NotImplemented' });
    expect(await bench.call('DescribeRegistry', {})).toEqual({
      registryId: '111122223333',
      replicationConfiguration: { rules: [] },
    });
  });

  it('from another Region tags the image and sends the event of aws-facts 1.3, no PUSH', async () => {
    const digest = await pushTestImage(bench, repositoryName, testImage('a'));
    bench.events.length = 0;
    arrive(digest, 'v1.4.2');
    expect(bench.events).toEqual([
      {
        source: 'aws.ecr',
        detailType: 'ECR Replication Action',
        resources: [resourceArn],
        detail: {
          result: 'SUCCESS',
          'repository-name': repositoryName,
          'image-digest': digest,
          'image-tag': 'v1.4.2',
          'action-type': 'REPLICATE',
          'source-account': '111122223333',
          'source-region': 'eu-central-1',
        },
      },
    ]);
    expect(bench.model.repositories.get(repositoryName).find('v1.4.2')?.digest).toBe(digest);
  });

  it('lands untagged where the tag is taken and may not move', async () => {
    const first = await pushTestImage(bench, repositoryName, testImage('a'), 'v1');
    const second = await pushTestImage(bench, repositoryName, testImage('b'));
    await bench.call('PutImageTagMutability', { repositoryName, imageTagMutability: 'IMMUTABLE' });
    expect(arrive(second, 'v1')).toEqual({ digest: second, tag: undefined });
    expect(bench.events.at(-1)?.detail).not.toHaveProperty('image-tag');
    expect(bench.model.repositories.get(repositoryName).find('v1')?.digest).toBe(first);
  });
});

it('an image that gets another tag is pushed anew where the setting says so', async () => {
  const moving = await openEcrBench({}, { retaggedImagePushedAt: 'moved' });
  moving.model.ensureRepository(repositoryName);
  const details = async () => {
    const { imageDetails } = await moving.call('DescribeImages', { repositoryName });
    return (imageDetails as { imagePushedAt: Date; imageTags: string[] }[])[0];
  };
  const image = testImage('a');
  await pushTestImage(moving, repositoryName, image, 'v1');
  const before = await details();
  await moving.world.clock.sleep(3_600_000);
  const imageManifest = Buffer.from(image.manifest.bytes).toString();
  await moving.call('PutImage', { repositoryName, imageManifest, imageTag: 'stable' });
  const after = await details();
  expect(after?.imageTags).toEqual(['v1', 'stable']);
  const laterMs = Number(after?.imagePushedAt) - Number(before?.imagePushedAt);
  expect(laterMs).toBeGreaterThanOrEqual(3_600_000);
  await moving.stop();
});
