import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { rawBytes, rawRequest } from '../edges/raw-request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator({ settings: { checkResponses: true } });
});
afterAll(() => simulator.stop());

const alive = async () => {
  const headers = { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' };
  const { status } = await rawRequest(simulator.endpoint, { headers, body: '{}' });
  expect(status).toBe(200);
};

it('random bytes on a connection end it, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const answer = await rawBytes(simulator.endpoint, bytes);
      expect(answer).toMatch(/^(HTTP\/1\.1 400 |$)/);
    }),
    { numRuns: 100, seed: 1 },
  );
  await alive();
});

const json = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
};
const requests: readonly (readonly [string, string, string, Record<string, string>, string])[] = [
  [
    'JSON',
    'POST',
    '/',
    json,
    '{"family":"shop","containerDefinitions":[{"name":"a","image":"b","portMappings":[{"containerPort":80}]}]}',
  ],
  [
    'form',
    'POST',
    '/',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'Action=CreateTargetGroup&Version=2015-12-01&Name=shop&Port=80&Protocol=HTTP&VpcId=vpc-1&Tags.member.1.Key=a&Tags.member.1.Value=b',
  ],
  [
    'EC2 form',
    'POST',
    '/',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&MaxResults=5',
  ],
  [
    'CBOR',
    'POST',
    '/service/GraniteServiceVersion20100801/operation/ListMetrics',
    { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    '\u00a1\u0069Namespace\u0064shop',
  ],
  [
    'REST JSON',
    'POST',
    '/2015-03-31/functions/shop/invocations?Qualifier=1',
    { 'x-amz-invocation-type': 'RequestResponse' },
    '{"a":1}',
  ],
  [
    'REST XML',
    'PUT',
    '/shop?versioning',
    {},
    '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>',
  ],
];

/** A text with some of its characters replaced, repeated, taken out or put elsewhere. */
function mutated(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length),
    remove: fc.nat(6),
    insert: fc.oneof(
      fc.string({ maxLength: 4, unit: 'binary-ascii' }),
      fc.constantFrom(
        '{',
        '[',
        '"',
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '&',
        '%',
        '..',
        '\u00ff',
        '.1',
      ),
    ),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (kept, { at, remove, insert }) => kept.slice(0, at) + insert + kept.slice(at + remove),
        text,
      ),
    );
}

it.each(requests)('a damaged %s request is answered', async (_, method, path, headers, body) => {
  await fc.assert(
    fc.asyncProperty(mutated(body), async (text) => {
      const bytes = Buffer.from(text, 'latin1');
      const answer = await rawRequest(simulator.endpoint, { method, path, headers, body: bytes });
      expect(answer.status).not.toBe(500);
      expect(answer.text).not.toContain('InternalFailure');
    }),
    { numRuns: 100, seed: 2 },
  );
  await alive();
});

it.each(requests)(
  'a damaged address of a %s request is answered',
  async (_, method, path, headers) => {
    await fc.assert(
      fc.asyncProperty(mutated(path), async (damaged) => {
        const safe = `/${damaged.replace(/[^\x21-\x7e]/g, '%00')}`;
        const answer = await rawRequest(simulator.endpoint, { method, path: safe, headers });
        expect(answer.status).not.toBe(500);
        expect(answer.text).not.toContain('InternalFailure');
      }),
      { numRuns: 60, seed: 3 },
    );
    await alive();
  },
);
