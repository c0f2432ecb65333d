import {
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  paginateDescribeImages,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ecrWire } from '../../../simulator/ecr/wire.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

const repositoryName = 'team/shop';

describe('the ECR API through the AWS SDK', () => {
  let bench: EcrBench;
  let server: ServedWire;
  let client: ECRClient;

  beforeEach(async () => {
    bench = await openEcrBench();
    bench.model.ensureRepository(repositoryName);
    server = await serveWire(bench.world, [ecrWire(bench.model, bench.world)]);
    client = new ECRClient(server.client);
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
    await bench.stop();
  });

  it('uploads a layer and puts an image that can be described and read again', async () => {
    const image = testImage('a');
    const { bytes, descriptor } = image.config;
    const { uploadId } = await client.send(new InitiateLayerUploadCommand({ repositoryName }));
    const part = { partFirstByte: 0, partLastByte: bytes.length - 1, layerPartBlob: bytes };
    await client.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
    const layerDigests = [descriptor.digest];
    await client.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
    const imageManifest = Buffer.from(image.manifest.bytes).toString();

    await client.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v1' }));

    const imageIds = [{ imageTag: 'v1' }, { imageTag: 'v9' }];
    const got = await client.send(new BatchGetImageCommand({ repositoryName, imageIds }));
    const described = await client.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }),
    );
    expect(got.images?.[0]?.imageManifest).toBe(imageManifest);
    expect(got.failures).toMatchObject([{ failureCode: 'ImageNotFound' }]);
    expect(described.imageDetails?.[0]?.imagePushedAt).toEqual(expect.any(Date));
    expect(bench.events).toHaveLength(1);
  });

  it('raises the errors that the SDK knows by name', async () => {
    await pushTestImage(bench, repositoryName, testImage('a'), 'v1');
    const imageId = { imageTag: 'v1' };

    await expect(
      client.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId })),
    ).rejects.toMatchObject({ name: 'ScanNotFoundException' });
    await expect(
      client.send(new DescribeImagesCommand({ repositoryName: 'none' })),
    ).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
      message:
        "The repository with name 'none' does not exist in the registry with id '111122223333'",
    });
  });

  it('pages with the SDK paginator', async () => {
    for (const tag of ['v1', 'v2', 'v3']) {
      await pushTestImage(bench, repositoryName, testImage(tag), tag);
    }

    const sizes = [];
    for await (const page of paginateDescribeImages({ client, pageSize: 2 }, { repositoryName })) {
      sizes.push(page.imageDetails?.length);
    }

    expect(sizes).toEqual([2, 1]);
  });
});
