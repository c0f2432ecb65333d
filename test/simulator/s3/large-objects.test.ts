import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let s3: S3Client;
let model: S3Model;
const Bucket = 'records';
const smallest = 5 * 2 ** 20;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new S3Model(world);
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
  model.createBucket(Bucket, { versioned: false });
});
afterEach(() => aws.stop());

const put = (Key: string, Body: string, more = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('an upload in parts', () => {
  const begin = async (Key: string, more = {}) =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId ?? '';
  const upload = async (
    Key: string,
    UploadId: string,
    PartNumber: number,
    Body: Buffer | string,
  ) => {
    const { ETag } = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
    );
    return { PartNumber, ETag };
  };
  const complete = (Key: string, UploadId: string, Parts: object[]) =>
    s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );

  it('becomes one object with the ETag of its parts, its headers and tags', async () => {
    const Key = 'big';
    const UploadId = await begin(Key, {
      ContentType: 'text/x',
      Tagging: 'a=1',
      Metadata: { m: '1' },
    });
    const first = Buffer.alloc(smallest, 'a');
    const last = await upload(Key, UploadId, 7, 'end');
    const parts = [await upload(Key, UploadId, 2, first), last];
    expect(
      await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 })),
    ).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', Parts: [{ Size: smallest }] });
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([
      { Key, UploadId },
    ]);
    const { ETag } = await complete(Key, UploadId, parts);
    const md5 = (body: Buffer | string) => createHash('md5').update(body).digest();
    const joined = Buffer.concat([md5(first), md5('end')]);
    expect(ETag).toBe(`"${md5(joined).toString('hex')}-2"`);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentLength: smallest + 3,
      ContentType: 'text/x',
      Metadata: { m: '1' },
      ETag,
    });
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toEqual([
      { Key: 'a', Value: '1' },
    ]);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  it('takes parts from other objects', async () => {
    await put('source', '0123456789');
    const UploadId = await begin('copy');
    const { CopyPartResult } = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copy',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: 'bytes=2-4',
      }),
    );
    await complete('copy', UploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect(await text('copy')).toBe('234');
  });

  it('is refused when its parts are', async () => {
    const UploadId = await begin('k');
    const parts = [await upload('k', UploadId, 1, 'small'), await upload('k', UploadId, 2, 'b')];
    const fails = (Parts: object[], name: string) =>
      expect(complete('k', UploadId, Parts)).rejects.toMatchObject({ name });
    await fails(parts, 'EntityTooSmall');
    await fails([...parts].reverse(), 'InvalidPartOrder');
    await fails([{ PartNumber: 1, ETag: '"0"' }], 'InvalidPart');
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId }));
    await fails(parts, 'NoSuchUpload');
  });
});

describe('CopyObject', () => {
  const copy = (Key: string, source: string, more = {}) =>
    s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: source, ...more }));

  it('copies bytes, headers and tags of an encoded key, or takes new ones', async () => {
    const source = `${Bucket}/${encodeURIComponent('a b+ü/../c')}`;
    await put('a b+ü/../c', 'x', { ContentType: 'text/x', Tagging: 'a=1', Metadata: { m: '1' } });
    await copy('same', source);
    await copy('new', `/${source}`, {
      MetadataDirective: 'REPLACE',
      ContentType: 'text/y',
      TaggingDirective: 'REPLACE',
    });
    const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(await head('same')).toMatchObject({ ContentType: 'text/x', Metadata: { m: '1' } });
    expect(await head('new')).toMatchObject({ ContentType: 'text/y', Metadata: {} });
    expect(await text('same')).toBe('x');
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'new' }))).TagSet).toEqual([]);
  });

  it.each([
    ['k', `${Bucket}/k`, {}, 'InvalidRequest'],
    ['new', `${Bucket}/absent`, {}, 'NoSuchKey'],
    ['new', 'nothing', {}, 'InvalidArgument'],
    ['new', `${Bucket}/k`, { CopySourceIfMatch: '"0"' }, 'PreconditionFailed'],
  ])('to %s from %s with %j is refused', async (key, source, more, name) => {
    await put('k', 'x');
    await expect(copy(key, source, more)).rejects.toMatchObject({ name });
  });
});

describe('versions', () => {
  it('are listed newest first with their delete markers, page by page', async () => {
    model.bucket(Bucket).setVersioning('Enabled');
    for (const body of ['1', '2']) await put('a', body);
    await put('b', '1');
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const list = (more = {}) => s3.send(new ListObjectVersionsCommand({ Bucket, ...more }));
    const all = await list();
    expect(all.DeleteMarkers).toMatchObject([{ Key: 'a', VersionId, IsLatest: true }]);
    expect(all.Versions?.map(({ Key, IsLatest, Size }) => [Key, IsLatest, Size])).toEqual([
      ['a', false, 1],
      ['a', false, 1],
      ['b', true, 1],
    ]);
    const first = await list({ MaxKeys: 2 });
    expect([first.IsTruncated, first.NextKeyMarker]).toEqual([true, 'a']);
    const rest = await list({
      KeyMarker: first.NextKeyMarker,
      VersionIdMarker: first.NextVersionIdMarker,
    });
    expect(rest.Versions?.map(({ Key }) => Key)).toEqual(['a', 'b']);
  });

  it('of suspended versioning are null, and one at a time', async () => {
    const bucket = model.bucket(Bucket);
    bucket.setVersioning('Enabled');
    await put('a', 'kept');
    bucket.setVersioning('Suspended');
    for (const body of ['1', '2']) await put('a', body);
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
    expect(await text('a')).toBe('2');
  });
});

describe('objects', () => {
  it('are listed by the older ListObjects with markers', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c']) await put(key, key);
    const first = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b' });
    expect(first.CommonPrefixes).toEqual([{ Prefix: 'a/' }]);
    const rest = await s3.send(new ListObjectsCommand({ Bucket, Marker: first.NextMarker }));
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['c']);
  });

  it('keep tags, storage class and keys of encryption', async () => {
    const stated = {
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'k',
    };
    await put('a', 'x', stated);
    const TagSet = [{ Key: 'team', Value: 'a' }];
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet } }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head).toMatchObject({ ...stated, TagCount: 1 });
  });

  it('are not sent again to who has them since', async () => {
    const modified = new Date(aws.world.clock.now());
    await put('a', 'x');
    const later = new Date(modified.getTime() + 60_000);
    const get = (more: object) => s3.send(new GetObjectCommand({ Bucket, Key: 'a', ...more }));
    await expect(get({ IfModifiedSince: later })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    const before = new Date(modified.getTime() - 60_000);
    await expect(get({ IfUnmodifiedSince: before })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
    expect((await get({ ResponseContentType: 'text/z' })).ContentType).toBe('text/z');
  });

  it('are deleted together, and the markers told', async () => {
    model.bucket(Bucket).setVersioning('Enabled');
    await put('a', 'x');
    const { Deleted } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } }),
    );
    expect(Deleted).toEqual([
      { Key: 'a', DeleteMarker: true, DeleteMarkerVersionId: expect.stringMatching(/^\w{32}$/) },
    ]);
  });
});
