import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { type RawRequest, rawRequest } from './raw-request.ts';

// Frames as aws-sdk 2.1692, @aws-sdk/client-* 3.100 to 3.700 and @aws-lite/client 0.23 send them.
let simulator: Simulator;
let s3: S3Client;
beforeAll(async () => {
  simulator = await createSimulator({ settings: { checkResponses: true } });
  s3 = new S3Client({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'records' }));
});
afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

const send = (request: RawRequest) => rawRequest(simulator.endpoint, request);
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=a/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

describe('SQS in JSON', () => {
  it('tells the Query code of an error whether or not the client asks for it', async () => {
    // SQS developer guide, "Interpreting Amazon SQS JSON API responses". Clients from before 2025 never ask.
    const answer = await send({
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.GetQueueUrl',
      },
      body: '{"QueueName":"absent"}',
    });
    expect(answer).toMatchObject({
      status: 400,
      headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    });
    expect(JSON.parse(answer.text)).toMatchObject({
      __type: 'com.amazonaws.sqs#QueueDoesNotExist',
    });
  });
});

describe('Lambda', () => {
  const headers = signedFor('lambda');

  it.each([
    ['/2015-03-31/functions/', 'Functions'],
    ['/2015-03-31/functions/?MaxItems=10', 'Functions'],
    ['/2015-03-31/event-source-mappings/', 'EventSourceMappings'],
    ['/2016-08-19/account-settings/', 'AccountLimit'],
  ])('answers at %s, as its API reference spells the path', async (path, member) => {
    const { status, text } = await send({ method: 'GET', path, headers });
    expect([status, Object.keys(JSON.parse(text))]).toEqual([
      200,
      expect.arrayContaining([member]),
    ]);
  });

  it('reads from the path what a client repeats in the body', async () => {
    const path = '/2015-03-31/functions/absent/configuration';
    const body = '{"FunctionName":"other","Timeout":7}';
    const { status, text } = await send({ method: 'PUT', path, headers, body });
    expect([status, text]).toEqual([404, expect.stringContaining('function:absent')]);
  });

  it('still refuses members of a body that it does not know', async () => {
    const path = '/2015-03-31/functions/absent/configuration';
    const { text } = await send({ method: 'PUT', path, headers, body: '{"Fuel":7}' });
    expect(text).toContain('Member Fuel of lambda:UpdateFunctionConfiguration is not simulated');
  });
});

describe('S3', () => {
  const put = (key: string, query: string) =>
    send({
      method: 'PUT',
      path: `/records/${key}?${query}`,
      headers: { 'content-type': 'text/plain' },
      body: 'hello',
    });
  const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: 'records', Key }));

  it.each([
    ['version 2', 'AWSAccessKeyId=a&Content-Type=text%2Fplain&Expires=4000000000&Signature=x'],
    [
      'version 4',
      'Content-Type=text%2Fplain&Content-MD5=XUFAKrxLKna5cZ2REBfFkg%3D%3D&Cache-Control=no-cache&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20261121%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261121T090000Z&X-Amz-Expires=900&X-Amz-Signature=x&X-Amz-SignedHeaders=host',
    ],
  ])('takes an upload by a URL of signature %s that repeats headers', async (version, query) => {
    const key = version.replace(' ', '-');
    expect(await put(key, query)).toMatchObject({ status: 200 });
    expect(await head(key)).toMatchObject({ ContentType: 'text/plain', ContentLength: 5 });
  });

  it('keeps the metadata that a signed URL carries', async () => {
    // aws/aws-sdk-js-v3 issue 4694: the object has the metadata that was moved into the query.
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261121T090000Z&X-Amz-Expires=900&X-Amz-Signature=x&X-Amz-SignedHeaders=host&x-amz-meta-release=v2';
    expect(await put('described', query)).toMatchObject({ status: 200 });
    expect((await head('described')).Metadata).toEqual({ release: 'v2' });
  });

  it('ignores parameters that begin with x-', async () => {
    // S3 user guide, server access log format: custom access log information.
    expect(await put('logged', 'x-user=johndoe')).toMatchObject({ status: 200 });
    const { status, text } = await put('logged', 'user=johndoe');
    expect([status, text]).toEqual([501, expect.stringContaining('Member user of s3:PutObject')]);
  });
});
