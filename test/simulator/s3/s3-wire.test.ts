import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  RestoreObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let s3: S3Client;
let model: S3Model;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new S3Model(world);
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
  model.createBucket('records', { versioned: false });
});
afterEach(() => aws.stop());

const put = (Key: string, Body: string | Buffer | Readable, more = {}) =>
  s3.send(new PutObjectCommand({ Bucket: 'records', Key, Body, ...more }));
const get = (Key: string, more = {}) =>
  s3.send(new GetObjectCommand({ Bucket: 'records', Key, ...more }));

describe('objects', () => {
  it('come back byte for byte with type, metadata, MD5 as ETag and virtual time', async () => {
    const body = Buffer.from([0, 255, 13, 10, 128]);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const written = await put('a/b c+d%/ü.bin', body, {
      ContentType: 'image/x-test',
      Metadata: { release: 'v2' },
    });
    const read = await get('a/b c+d%/ü.bin');
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? [])).toEqual(body);
    expect(read).toMatchObject({
      ETag: etag,
      ContentLength: 5,
      ContentType: 'image/x-test',
      Metadata: { release: 'v2' },
      ChecksumCRC32: written.ChecksumCRC32,
    });
    expect(read.LastModified?.toISOString()).toBe('2026-11-21T09:00:00.000Z');
    expect(aws.world.journal.of('object.put')).toMatchObject([
      { bucket: 'records', key: 'a/b c+d%/ü.bin' },
    ]);
  });

  it('sent as a stream arrive decoded from aws-chunked, with the trailing checksum verified', async () => {
    const body = 'x'.repeat(150_000);
    await put('big', Readable.from([body.slice(0, 70_000), body.slice(70_000)]), {
      ContentLength: body.length,
    });
    const read = await get('big');
    expect(await read.Body?.transformToString()).toBe(body);
    expect(read.ContentEncoding).toBeUndefined();
    // zlib.crc32 of the body, big-endian, in base64.
    expect(read.ChecksumCRC32).toBe('19pM8Q==');
  });

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('answer the range %s with status 206', async (Range, text, ContentRange) => {
    await put('digits', '0123456789');
    const read = await get('digits', { Range });
    expect(await read.Body?.transformToString()).toBe(text);
    expect(read).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
  });

  it('refuse a range beyond their end', async () => {
    await put('digits', '0123456789');
    await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('are refused when the MD5 does not fit', async () => {
    const ContentMD5 = createHash('md5').update('other').digest('base64');
    await expect(put('k', 'body', { ContentMD5 })).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('are created once under If-None-Match: *', async () => {
    await put('claim', 'first', { IfNoneMatch: '*' });
    await expect(put('claim', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await (await get('claim')).Body?.transformToString()).toBe('first');
  });

  it('absent are NoSuchKey to GET, NotFound to HEAD and nothing to DELETE', async () => {
    await expect(get('absent')).rejects.toBeInstanceOf(NoSuchKey);
    await expect(
      s3.send(new HeadObjectCommand({ Bucket: 'records', Key: 'absent' })),
    ).rejects.toBeInstanceOf(NotFound);
    await s3.send(new DeleteObjectCommand({ Bucket: 'records', Key: 'absent' }));
  });

  it('tell their size to HEAD without a body', async () => {
    await put('sized', 'twelve bytes');
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'records', Key: 'sized' }));
    expect(head.ContentLength).toBe(12);
  });
});

describe('a versioned bucket', () => {
  it('keeps what was overwritten and hides what was deleted', async () => {
    model.createBucket('versioned', { versioned: true });
    const at = { Bucket: 'versioned', Key: 'k' };
    const first = await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    await s3.send(new PutObjectCommand({ ...at, Body: 'two' }));
    const deleted = await s3.send(new DeleteObjectCommand(at));
    expect(deleted.DeleteMarker).toBe(true);
    await expect(s3.send(new GetObjectCommand(at))).rejects.toBeInstanceOf(NoSuchKey);
    const old = await s3.send(
      new GetObjectCommand({ ...at, ...(first.VersionId && { VersionId: first.VersionId }) }),
    );
    expect(await old.Body?.transformToString()).toBe('one');
  });
});

describe('ListObjectsV2', () => {
  const keys = ['a', 'pushes/1/ignored.json', 'pushes/1/shop.json', 'pushes/2/shop.json', 'z'];
  beforeEach(() => {
    for (const key of keys) model.putObject('records', key, Buffer.from(key));
  });

  it('pages through all keys in order, whatever the page size', async () => {
    for (const MaxKeys of [1, 2, 3, 5, 9]) {
      const found: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({
            Bucket: 'records',
            MaxKeys,
            ...(ContinuationToken && { ContinuationToken }),
          }),
        );
        found.push(...(page.Contents ?? []).map(({ Key }) => Key));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      expect(found).toEqual(keys);
    }
  });

  it('rolls keys up to the delimiter, once per prefix across pages', async () => {
    const list = (more: object) =>
      s3.send(new ListObjectsV2Command({ Bucket: 'records', Delimiter: '/', ...more }));
    const first = await list({ MaxKeys: 2 });
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a']);
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'pushes/' }]);
    const second = await list({ MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['z']);
    expect(second).toMatchObject({ IsTruncated: false, KeyCount: 1 });
    const below = await list({ Prefix: 'pushes/' });
    expect(below.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['pushes/1/', 'pushes/2/']);
  });

  it('lists a key that equals the prefix beside what is below it', async () => {
    model.putObject('records', 'd/', Buffer.alloc(0));
    model.putObject('records', 'd/x', Buffer.alloc(0));
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: 'records', Prefix: 'd/', Delimiter: '/' }),
    );
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(['d/', 'd/x']);
  });
});

describe('buckets', () => {
  it('are created, listed, located and removed', async () => {
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'more',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['more', 'records']);
    const where = await s3.send(new GetBucketLocationCommand({ Bucket: 'more' }));
    expect(where.LocationConstraint).toBe('eu-west-1');
    await s3.send(new DeleteBucketCommand({ Bucket: 'more' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'more' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('absent are NoSuchBucket', async () => {
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'absent' }))).rejects.toBeInstanceOf(
      NoSuchBucket,
    );
  });

  it('refuse what is not simulated, by name, as S3 says it', async () => {
    const glacier = { RestoreRequest: { Days: 1 } };
    await expect(
      s3.send(new RestoreObjectCommand({ Bucket: 'records', Key: 'k', ...glacier })),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('Operation s3:RestoreObject is not simulated'),
    });
    await expect(put('k', 'x', { StorageClass: 'GLACIER' })).rejects.toThrow(
      'Storage class GLACIER is not simulated',
    );
    await expect(put('k', 'x', { WebsiteRedirectLocation: '/x' })).rejects.toThrow(
      'Member WebsiteRedirectLocation of s3:PutObject is not simulated',
    );
  });
});
