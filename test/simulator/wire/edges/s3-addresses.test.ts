import { createHmac } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { pathStyle } from '../../../../simulator/wire/s3-address.ts';
import { rawRequest } from './raw-request.ts';

let simulator: Simulator;
let s3: S3Client;
beforeAll(async () => {
  simulator = await createSimulator({
    time: 'real',
    settings: { checkResponses: true, refuseExpiredUrls: true },
  });
  s3 = new S3Client({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'records' }));
  await s3.send(new PutObjectCommand({ Bucket: 'records', Key: 'a/b', Body: 'one' }));
});
afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  rawRequest(simulator.endpoint, { method: 'GET', path, headers });

describe('a bucket in the Host header', () => {
  it.each([
    ['records.localhost:4566', '/a/b', '/records/a/b'],
    ['Records.S3.localhost', '/', '/records/'],
    ['my.dotted.bucket.s3.us-east-1.amazonaws.com', '/k', '/my.dotted.bucket/k'],
    ['records.s3-us-west-2.amazonaws.com', '/k', '/records/k'],
    ['localhost:4566', '/records/k', '/records/k'],
    ['s3.localhost:4566', '/records/k', '/records/k'],
    ['s3.us-east-1.amazonaws.com', '/records/k', '/records/k'],
    ['127.0.0.1:4566', '/records/k', '/records/k'],
    ['[::1]:4566', '/records/k', '/records/k'],
  ])('%s%s is %s', (host, path, expected) => {
    expect(pathStyle(path, host)).toBe(expected);
  });

  it('is found, for objects and for itself', async () => {
    const headers = { host: 'records.localhost:4566' };
    expect(await get('/a/b', headers)).toMatchObject({ status: 200, text: 'one' });
    const listed = await get('/?list-type=2', headers);
    expect(listed.text).toContain('<Name>records</Name>');
  });
});

describe('a presigned URL', () => {
  const signed = (atMs: number, expires: string) => {
    const at = new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
    const credential = encodeURIComponent(`a/${at.slice(0, 8)}/us-east-1/s3/aws4_request`);
    const signature = createHmac('sha256', 'b').update(at).digest('hex');
    return `/records/a/b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${at}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
  };

  it('is good for its time', async () => {
    expect(await get(signed(Date.now(), '900'))).toMatchObject({ status: 200, text: 'one' });
  });

  it('is refused afterwards', async () => {
    const { status, text } = await get(signed(Date.now() - 3_600_000, '900'));
    expect(status).toBe(403);
    expect(text).toMatch(
      /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message><X-Amz-Expires>900<\/X-Amz-Expires><Expires>.*Z<\/Expires><ServerTime>.*Z<\/ServerTime>/,
    );
  });

  it.each([
    ['700000', 'X-Amz-Expires must be less than a week'],
    ['-1', 'X-Amz-Expires must be non-negative'],
    ['soon', 'X-Amz-Expires should be a number'],
  ])('for %s seconds is refused', async (expires, message) => {
    const { status, text } = await get(signed(Date.now(), expires));
    expect(status).toBe(400);
    expect(text).toContain('<Code>AuthorizationQueryParametersError</Code>');
    expect(text).toContain(message);
  });

  it('of the older kind ends as well', async () => {
    const url = (end: number) => `/records/a/b?AWSAccessKeyId=a&Signature=x&Expires=${end}`;
    expect(await get(url(Math.floor(Date.now() / 1000) + 60))).toMatchObject({ status: 200 });
    expect(await get(url(1_000_000_000))).toMatchObject({ status: 403 });
  });
});

describe('a streamed upload', () => {
  const upload = (crc32: string, more: Record<string, string> = {}) =>
    rawRequest(simulator.endpoint, {
      method: 'PUT',
      path: '/records/streamed',
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '9',
        'x-amz-trailer': 'x-amz-checksum-crc32',
        ...more,
      },
      body: `5\r\n12345\r\n4\r\n6789\r\n0\r\nx-amz-checksum-crc32:${crc32}\r\nhost:elsewhere\r\n\r\n`,
    });

  it('is stored when its trailing checksum is right', async () => {
    // The CRC-32 of 123456789, the algorithm's check value, is cbf43926.
    expect(await upload('y/Q5Jg==')).toMatchObject({ status: 200 });
    const stored = await s3.send(new GetObjectCommand({ Bucket: 'records', Key: 'streamed' }));
    expect(await stored.Body?.transformToString()).toBe('123456789');
  });

  it('is refused when it is wrong, or the length is', async () => {
    expect((await upload('AAAAAA==')).text).toContain('<Code>BadDigest</Code>');
    const longer = await upload('y/Q5Jg==', { 'x-amz-decoded-content-length': '10' });
    expect(longer.text).toContain('<Code>IncompleteBody</Code>');
  });
});
