import {
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let s3: S3Client;
let model: S3Model;
const Bucket = 'records';

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new S3Model(world);
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
  model.createBucket(Bucket, { versioned: false });
});
afterEach(() => aws.stop());

const begin = async (Key: string) =>
  (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId ?? '';
const list = (more: Partial<ListMultipartUploadsCommandInput> = {}) =>
  s3.send(new ListMultipartUploadsCommand({ Bucket, ...more }));

it('are listed page by page, several of one key by their age', async () => {
  const ids = [];
  for (const key of ['b', 'a', 'b', 'c', 'b']) ids.push(await begin(key));
  const [b1 = '', a = '', b2 = '', c = '', b3 = ''] = ids;
  const pages: (string | undefined)[][] = [];
  let markers: Partial<ListMultipartUploadsCommandInput> = {};
  for (;;) {
    const page = await list({ ...markers, MaxUploads: 2 });
    pages.push((page.Uploads ?? []).map(({ UploadId }) => UploadId));
    if (!page.IsTruncated) break;
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
  expect(pages).toEqual([[a, b1], [b2, b3], [c]]);
  expect((await list({ KeyMarker: 'b' })).Uploads?.map(({ UploadId }) => UploadId)).toEqual([c]);
});

it('go with their bucket', async () => {
  const UploadId = await begin('k');
  await s3.send(new DeleteBucketCommand({ Bucket }));
  const part = new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber: 1, Body: 'x' });
  await expect(s3.send(part)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  model.createBucket(Bucket, { versioned: false });
  await expect(s3.send(new ListPartsCommand({ Bucket, Key: 'k', UploadId }))).rejects.toMatchObject(
    { name: 'NoSuchUpload' },
  );
  expect((await list()).Uploads).toBeUndefined();
});
