import { ECRClient } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { ecrImageRegistry } from '../../../functions/adapters/ecr-image-registry.ts';
import { ResourceNotFoundError, TransientAwsError } from '../../../functions/core/errors.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { type ScriptedAnswer, scriptedAws } from '../../support/scripted-aws.ts';

const config = { digest: digestOf('c') };

/** Answers by operation; manifests by the digest that is asked for. */
async function prepare(
  answers: Readonly<Record<string, ScriptedAnswer>>,
  manifests: Readonly<Record<string, unknown>> = {},
) {
  const aws = await scriptedAws(({ operation, body }) => {
    if (operation === 'BatchGetImage') {
      const { imageDigest } = JSON.parse(body).imageIds[0];
      const manifest = manifests[imageDigest];
      return {
        body:
          manifest === undefined
            ? { failures: [{ failureCode: 'ImageNotFound', failureReason: 'no such image' }] }
            : { images: [{ imageManifest: JSON.stringify(manifest) }] },
      };
    }
    if (operation === 'GetDownloadUrlForLayer') {
      return { body: { downloadUrl: `${aws.endpoint}/blob` } };
    }
    return answers[operation] ?? { status: 500, body: {} };
  });
  const client = new ECRClient(aws.client);
  return {
    aws,
    images: ecrImageRegistry(client),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

const arm64Config = { 'GET /blob': { body: { os: 'linux', architecture: 'arm64' } } };

describe('ecrImageRegistry', () => {
  it('finds an image by tag', async () => {
    await using prepared = await prepare({
      DescribeImages: {
        body: {
          imageDetails: [
            {
              imageDigest: digestOf('2'),
              imageTags: ['v2', 'latest'],
              imagePushedAt: 1788256800.3,
            },
          ],
        },
      },
    });
    expect(await prepared.images.findImage('team/shop', { tag: 'v2' })).toEqual({
      digest: digestOf('2'),
      tags: ['v2', 'latest'],
      pushedAtMs: 1788256800300,
      artifactMediaType: undefined,
    });
  });

  it('finds nothing for an unknown tag, but misses an unknown repository', async () => {
    await using unknownImage = await prepare({
      DescribeImages: { status: 400, body: { __type: 'ImageNotFoundException' } },
    });
    expect(await unknownImage.images.findImage('team/shop', { tag: 'v9' })).toBeUndefined();
    await using unknownRepository = await prepare({
      DescribeImages: { status: 400, body: { __type: 'RepositoryNotFoundException' } },
    });
    await expect(unknownRepository.images.findImage('team/shp', { tag: 'v9' })).rejects.toThrow(
      new ResourceNotFoundError('ECR has no repository "team/shp" in this account and Region'),
    );
  });

  it('lists tagged images page by page', async () => {
    const pages = [{ imageDigest: digestOf('1') }, { imageDigest: digestOf('2') }];
    const aws = await scriptedAws(({ body }) => {
      const second = JSON.parse(body).nextToken === 'more';
      return {
        body: second
          ? { imageDetails: [pages[1]] }
          : { imageDetails: [pages[0]], nextToken: 'more' },
      };
    });
    await using _ = aws;
    const client = new ECRClient(aws.client);
    const images = await ecrImageRegistry(client).listTaggedImages('team/shop');
    client.destroy();
    expect(images.map(({ digest }) => digest)).toEqual([digestOf('1'), digestOf('2')]);
    expect(JSON.parse(aws.calls[0]?.body ?? '')).toMatchObject({
      filter: { tagStatus: 'TAGGED' },
      maxResults: 1_000,
    });
  });

  it('reads the platform of a single image from its configuration', async () => {
    await using prepared = await prepare(arm64Config, { [digestOf('1')]: { config } });
    expect(await prepared.images.readManifest('team/shop', digestOf('1'))).toEqual({
      kind: 'image',
      digest: digestOf('1'),
      platform: { os: 'linux', architecture: 'arm64' },
    });
  });

  it('reads an index, and the configuration of children whose platform it does not say', async () => {
    await using prepared = await prepare(arm64Config, {
      [digestOf('9')]: {
        manifests: [
          { digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } },
          { digest: digestOf('2') },
          { digest: digestOf('3'), platform: { os: 'unknown', architecture: 'unknown' } },
        ],
      },
      [digestOf('2')]: { config },
    });
    expect(await prepared.images.readManifest('team/shop', digestOf('9'))).toEqual({
      kind: 'index',
      digest: digestOf('9'),
      children: [
        { digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } },
        { digest: digestOf('2'), platform: { os: 'linux', architecture: 'arm64' } },
      ],
    });
  });

  it('reports the failure that ECR hides in a success', async () => {
    await using prepared = await prepare({});
    await expect(prepared.images.readManifest('team/shop', digestOf('1'))).rejects.toThrow(
      new ResourceNotFoundError(
        `ECR has no manifest ${digestOf('1')} in repository "team/shop": no such image`,
      ),
    );
  });

  it('calls a download that fails transient', async () => {
    await using prepared = await prepare(
      { 'GET /blob': { status: 503, body: 'busy' } },
      { [digestOf('1')]: { config } },
    );
    await expect(prepared.images.readManifest('team/shop', digestOf('1'))).rejects.toThrow(
      new TransientAwsError(
        'The image configuration could not be downloaded: HTTP 503, expected 200',
      ),
    );
  });
});
