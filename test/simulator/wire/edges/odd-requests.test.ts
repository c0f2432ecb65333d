import { gzipSync } from 'node:zlib';
import { CborCodec } from '@smithy/core/cbor';
import { NormalizedSchema } from '@smithy/core/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { type RawRequest, rawBytes, rawRequest } from './raw-request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ settings: { checkResponses: true, requestQuotas: false } });
});
afterAll(() => simulator.stop());

const send = (request: RawRequest) => rawRequest(simulator.endpoint, request);
const ecs = (operation: string) => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
});
const logs = { ...ecs(''), 'x-amz-target': 'Logs_20140328.DescribeLogGroups' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a JSON request', () => {
  it.each<[string, Record<string, string>]>([
    ['with a charset', { 'content-type': 'application/x-amz-json-1.1; charset=utf-8' }],
    ['with another type', { 'content-type': 'text/plain' }],
    ['without a type', { 'content-type': '' }],
  ])('%s is read', async (_, headers) => {
    const { status, text } = await send({ headers: { ...logs, ...headers }, body: '{}' });
    expect([status, text]).toEqual([200, '{"logGroups":[]}']);
  });

  it('with an empty body is an empty input', async () => {
    expect(await send({ headers: logs })).toMatchObject({ status: 200 });
  });

  it('with null members is as without them', async () => {
    const body = '{"limit":null,"logGroupNamePrefix":null}';
    expect(await send({ headers: logs, body })).toMatchObject({ status: 200 });
  });

  it.each([
    ['a number as text', '{"limit":"5"}', 'STRING_VALUE can not be converted to an Integer'],
    [
      'a text as number',
      '{"logGroupNamePrefix":5}',
      'NUMBER_VALUE can not be converted to a String',
    ],
    ['a list', '[]', 'The request body must be a JSON object'],
    ['half a document', '{"limit":', 'The request body is not JSON'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'is not JSON'],
    ['100,000 nested lists', '['.repeat(100_000), 'is not JSON'],
    [
      '100,000 nested lists that end',
      `{"limit":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'Start of list found where not expected',
    ],
  ])('with %s is a SerializationException', async (_, body, message) => {
    const answer = await send({ headers: logs, body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
  });

  it.each(['', '.', 'Nope', 'AmazonEC2ContainerServiceV20141113.', 'a.b.c.d'])(
    'to the target %j is an unknown operation',
    async (target) => {
      const headers = { ...logs, 'x-amz-target': target };
      const answer = await send({ headers, body: '{}' });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text)).toMatchObject({ __type: 'UnknownOperationException' });
    },
  );
});

describe('a form', () => {
  const query = 'Action=DescribeTargetGroups&Version=2015-12-01';

  it.each<[string, RawRequest]>([
    ['in the query string', { method: 'GET', path: `/?${query}` }],
    ['with a charset', { headers: { 'content-type': `${form['content-type']}; charset=UTF-8` } }],
    [
      'with a type in capitals',
      { headers: { 'content-type': 'Application/X-WWW-Form-Urlencoded' } },
    ],
  ])('%s is answered', async (_, request) => {
    const { status, text } = await send({ ...request, ...(request.headers && { body: query }) });
    expect(status).toBe(200);
    expect(text).toContain('<DescribeTargetGroupsResult><TargetGroups/>');
  });

  it.each([
    ['Action=Nope&Version=2015-12-01', 400, '<Code>InvalidAction</Code>'],
    [`${query}&Names.member.x=1&PageSize=many`, 400, '<Code>MalformedInput</Code>'],
    [`${query}&${'A.'.repeat(20_000)}B=1`, 400, 'Member A of'],
    [`${query}&%zz=%`, 400, 'Member %zz of'],
    ['', 400, 'UnknownOperationException'],
  ])('%# is refused', async (body, status, part) => {
    const answer = await send({ headers: form, body });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(part);
  });
});

describe('a compressed body', () => {
  const metric = {
    Namespace: 'shop',
    MetricData: [{ MetricName: 'latency', Value: 1 }],
  };
  const json = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
    'content-encoding': 'gzip',
  };

  it('of CloudWatch is unpacked, as SDKs send it', async () => {
    const body = gzipSync(JSON.stringify(metric));
    expect(await send({ headers: json, body })).toMatchObject({ status: 200 });
  });

  it('of a form is unpacked', async () => {
    const body = gzipSync(
      'Action=PutMetricData&Version=2010-08-01&Namespace=shop&MetricData.member.1.MetricName=a&MetricData.member.1.Value=1',
    );
    const headers = { ...form, 'content-encoding': 'gzip' };
    expect(await send({ headers, body })).toMatchObject({ status: 200 });
  });

  it('that is none, or unpacks to more than is taken, is refused', async () => {
    expect(await send({ headers: json, body: '{}' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('not valid gzip'),
    });
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    expect(await send({ headers: json, body: bomb })).toMatchObject({ status: 413 });
  });
});

describe('CBOR', () => {
  const path = '/service/GraniteServiceVersion20100801/operation/ListMetrics';
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
  const codec = new CborCodec();
  const encode = (value: unknown): Uint8Array => {
    const serializer = codec.createSerializer();
    serializer.write(NormalizedSchema.of(15), value);
    return serializer.flush() as Uint8Array;
  };
  const ask = async (body: Uint8Array, to = path) => {
    const answer = await fetch(`${simulator.endpoint}${to}`, { method: 'POST', headers, body });
    const value: unknown = codec
      .createDeserializer()
      .read(NormalizedSchema.of(15), new Uint8Array(await answer.arrayBuffer()));
    return { status: answer.status, value };
  };

  it('is answered with CBOR', async () => {
    expect(await ask(encode({}))).toMatchObject({ status: 200 });
  });

  it.each<[string, Uint8Array]>([
    ['cut off', Uint8Array.of(0xa1, 0x61)],
    ['of another type', Uint8Array.of(0x83, 1, 2, 3)],
    ['nested 100,000 times', new Uint8Array(100_000).fill(0x81)],
    ['that announces a huge text', Uint8Array.of(0x7b, 255, 255, 255, 255, 255, 255, 255, 255)],
    ['that announces a huge map', Uint8Array.of(0xba, 0xff, 0xff, 0xff, 0xff)],
  ])('%s is a SerializationException', async (_, body) => {
    expect(await ask(body)).toMatchObject({
      status: 400,
      value: { __type: expect.stringContaining('SerializationException') },
    });
  });

  it('of an unknown operation or service is refused by name', async () => {
    expect(await ask(encode({}), path.replace('ListMetrics', 'Nope'))).toMatchObject({
      value: { message: expect.stringContaining('cloudwatch:Nope') },
    });
    expect(await ask(encode({}), '/service/Other/operation/Nope')).toMatchObject({ status: 400 });
  });
});

describe('HTTP', () => {
  const post = (version: string, more = '') =>
    `POST / HTTP/${version}\r\nHost: 127.0.0.1\r\nX-Amz-Target: ${logs['x-amz-target']}\r\nContent-Length: 2\r\n${more}\r\n{}`;

  it('1.0 is answered', async () => {
    expect(await rawBytes(simulator.endpoint, post('1.0'))).toMatch(
      /^HTTP\/1\.1 200 OK\r\n.*\{"logGroups":\[\]\}$/s,
    );
  });

  it('1.0 without a Host is answered', async () => {
    const bytes = post('1.0').replace('Host: 127.0.0.1\r\n', '');
    expect(await rawBytes(simulator.endpoint, bytes)).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it('with a whole address in the first line, as through a proxy, is answered', async () => {
    const bytes = post('1.1', 'Connection: close\r\n').replace(
      'POST / ',
      'POST http://127.0.0.1/ ',
    );
    expect(await rawBytes(simulator.endpoint, bytes)).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['two lengths', post('1.1', 'Content-Length: 3\r\n'), 400],
    ['a length and chunks', post('1.1', 'Transfer-Encoding: chunked\r\n'), 400],
    ['a header of 100 KB', post('1.1', `X-Long: ${'a'.repeat(100_000)}\r\n`), 431],
    [
      'a wrong length',
      post('1.1', 'Connection: close\r\n').replace('Length: 2', 'Length: two'),
      400,
    ],
  ])('with %s is refused', async (_, bytes, status) => {
    expect(await rawBytes(simulator.endpoint, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('whose body ends too early harms nobody', async () => {
    await rawBytes(simulator.endpoint, post('1.1').replace('Length: 2', 'Length: 20'));
    expect(await send({ headers: logs, body: '{}' })).toMatchObject({ status: 200 });
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])(
    '%s of nothing known is answered in S3’s protocol',
    async (method) => {
      const { status } = await send({ method, path: '/no-such-bucket/key' });
      expect([403, 404, 405, 411, 501]).toContain(status);
    },
  );
});
