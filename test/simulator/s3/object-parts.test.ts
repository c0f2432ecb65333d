import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

const Bucket = 'records';
const mib = 1024 * 1024;
let aws: SimulatedAws;
let s3: S3Client;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const model = new S3Model(world);
    model.createBucket(Bucket, { versioned: false });
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
});
afterEach(() => aws.stop());

async function uploadInParts(Key: string, bodies: readonly Buffer[]): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  for (const [index, Body] of bodies.entries()) {
    const PartNumber = index + 1;
    const part = { Bucket, Key, UploadId, PartNumber, Body };
    Parts.push({ PartNumber, ETag: (await s3.send(new UploadPartCommand(part))).ETag });
  }
  const MultipartUpload = { Parts };
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
}

const get = (Key: string, PartNumber: number) =>
  s3.send(new GetObjectCommand({ Bucket, Key, PartNumber }));

it('an object that was uploaded in parts is read part by part', async () => {
  await uploadInParts('film', [Buffer.alloc(5 * mib, 'a'), Buffer.from('end')]);
  const second = await get('film', 2);
  expect(second).toMatchObject({
    PartsCount: 2,
    ContentLength: 3,
    ContentRange: `bytes ${5 * mib}-${5 * mib + 2}/${5 * mib + 3}`,
  });
  expect(second.$metadata.httpStatusCode).toBe(206);
  expect(await second.Body?.transformToString()).toBe('end');
  const first = await s3.send(new HeadObjectCommand({ Bucket, Key: 'film', PartNumber: 1 }));
  expect(first).toMatchObject({ PartsCount: 2, ContentLength: 5 * mib });
  const whole = await s3.send(new HeadObjectCommand({ Bucket, Key: 'film' }));
  expect([whole.PartsCount, whole.ContentLength]).toEqual([undefined, 5 * mib + 3]);
});

it('an object that was uploaded at once is its own first part, without a count', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'note', Body: 'text' }));
  const only = await get('note', 1);
  expect([only.PartsCount, only.ContentRange]).toEqual([undefined, 'bytes 0-3/4']);
  expect(await only.Body?.transformToString()).toBe('text');
});

it('parts that are not there, and ranges of parts, are refused', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'note', Body: 'text' }));
  await expect(get('note', 2)).rejects.toMatchObject({
    name: 'InvalidPartNumber',
    message: 'The requested partnumber is not satisfiable',
    ActualPartCount: '1',
    PartNumberRequested: '2',
    $metadata: { httpStatusCode: 416 },
  });
  await expect(get('note', 0)).rejects.toMatchObject({ name: 'InvalidArgument' });
  const both = { Bucket, Key: 'note', PartNumber: 1, Range: 'bytes=0-1' };
  await expect(s3.send(new GetObjectCommand(both))).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Cannot specify both Range header and partNumber query parameter',
  });
});
