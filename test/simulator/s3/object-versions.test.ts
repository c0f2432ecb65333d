import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let s3: S3Client;

const at = { Bucket: 'versioned', Key: 'k' };
const unknown = '0'.repeat(32);

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const model = new S3Model(world);
    model.createBucket('versioned', { versioned: true });
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
});
afterEach(() => aws.stop());

const raw = (method: string, query = '') => {
  const { endpoint = '' } = aws.client;
  return fetch(`${String(endpoint)}/versioned/k${query}`, { method });
};

describe('a version that cannot be read', () => {
  let marker: string;
  beforeEach(async () => {
    await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    marker = (await s3.send(new DeleteObjectCommand(at))).VersionId ?? '';
  });

  it('is a delete marker: by its version 405, as the current object 404, both saying so', async () => {
    const byVersion = await raw('GET', `?versionId=${marker}`);
    expect(byVersion.status).toBe(405);
    expect(Object.fromEntries(byVersion.headers)).toMatchObject({
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': marker,
      allow: 'DELETE',
    });
    expect(await byVersion.text()).toContain(
      '<Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this resource.</Message>',
    );
    const current = await raw('GET');
    expect(current.status).toBe(404);
    expect(Object.fromEntries(current.headers)).toMatchObject({
      'x-amz-delete-marker': 'true',
      'x-amz-version-id': marker,
    });
    expect((await raw('HEAD', `?versionId=${marker}`)).status).toBe(405);
    const head = await raw('HEAD');
    expect([head.status, head.headers.get('x-amz-delete-marker')]).toEqual([404, 'true']);
  });

  it.each([
    ['GetObject', (VersionId: string) => new GetObjectCommand({ ...at, VersionId })],
    ['GetObjectTagging', (VersionId: string) => new GetObjectTaggingCommand({ ...at, VersionId })],
    ['GetObjectAcl', (VersionId: string) => new GetObjectAclCommand({ ...at, VersionId })],
    [
      'CopyObject',
      (id: string) =>
        new CopyObjectCommand({ ...at, Key: 'n', CopySource: `versioned/k?versionId=${id}` }),
    ],
  ])('is told apart from a version id that is none, by %s', async (_name, ask) => {
    const asked = (id: string) => s3.send(ask(id) as GetObjectCommand);
    await expect(asked(unknown)).rejects.toMatchObject({
      name: 'NoSuchVersion',
      message: 'The specified version does not exist.',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(asked('zz')).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Invalid version id specified',
      ArgumentValue: 'zz',
    });
  });

  it('is only 404 or 400 to HEAD, which has no body', async () => {
    const head = (VersionId: string) => s3.send(new HeadObjectCommand({ ...at, VersionId }));
    await expect(head(unknown)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    await expect(head('zz')).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });
});

describe('DeleteObject with If-Match', () => {
  it('deletes what has the ETag, refuses the rest, and needs an object', async () => {
    const { ETag = '' } = await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    const remove = (IfMatch: string) => s3.send(new DeleteObjectCommand({ ...at, IfMatch }));
    await expect(remove('"other"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await remove(ETag)).DeleteMarker).toBe(true);
    await expect(remove('*')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const absent = new DeleteObjectCommand({ ...at, Key: 'absent', IfMatch: '*' });
    await expect(s3.send(absent)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await s3.send(new PutObjectCommand({ ...at, Body: 'two' }));
    expect((await remove('*')).DeleteMarker).toBe(true);
  });

  it('is the ETag of each object in DeleteObjects', async () => {
    await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    const Objects = [{ Key: 'k', ETag: '"other"' }, { Key: 'free' }];
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket: at.Bucket, Delete: { Objects } }),
    );
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['free']);
    expect(Errors).toMatchObject([{ Key: 'k', Code: 'PreconditionFailed' }]);
    expect((await s3.send(new GetObjectCommand(at))).ETag).toMatch(/^"[0-9a-f]{32}"$/);
  });
});

it.each(['Enabled', 'Suspended'] as const)(
  'a bucket with versioning %s says that versions keep it from being deleted',
  async (Status) => {
    await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    await s3.send(new DeleteObjectCommand(at));
    const { Bucket } = at;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    // AWS's words as in rebuy-de/aws-nuke issue 64 and gruntwork-io/cloud-nuke issue 369.
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      message:
        'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    });
  },
);
