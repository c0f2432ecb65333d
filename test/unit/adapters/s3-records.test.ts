import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3Records } from '../../../functions/adapters/s3-records.ts';
import { PermissionDeniedError } from '../../../functions/core/errors.ts';
import { type ScriptedAnswer, type ScriptedCall, scriptedAws } from '../../support/scripted-aws.ts';
import { scriptClient } from '../../support/scripted-client.ts';

const xml = { 'content-type': 'application/xml' };

function s3Error(status: number, code: string): ScriptedAnswer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>as S3 said</Message></Error>`;
  return { status, headers: xml, body };
}

async function prepare(answer: (call: ScriptedCall) => ScriptedAnswer) {
  const aws = await scriptedAws(answer);
  const client = new S3Client(aws.client);
  return {
    aws,
    records: s3Records(client, 'records'),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

describe('s3Records', () => {
  it('writes a document as JSON that people can read', async () => {
    await using prepared = await prepare(() => ({ body: '' }));
    await prepared.records.write('pushes/1/shop.json', { outcome: 'deployed' });
    expect(prepared.aws.calls).toEqual([
      {
        operation: 'PUT /records/pushes/1/shop.json?x-id=PutObject',
        body: '{\n  "outcome": "deployed"\n}',
      },
    ]);
  });

  it('reads a document', async () => {
    await using prepared = await prepare(() => ({ body: { outcome: 'deployed' } }));
    expect(await prepared.records.read('pushes/1/shop.json')).toEqual({ outcome: 'deployed' });
  });

  it('reads nothing where there is no object', async () => {
    await using prepared = await prepare(() => s3Error(404, 'NoSuchKey'));
    expect(await prepared.records.read('pushes/1/shop.json')).toBeUndefined();
  });

  it('does not take a refusal for a missing object', async () => {
    await using prepared = await prepare(() => s3Error(403, 'AccessDenied'));
    await expect(prepared.records.read('pushes/1/shop.json')).rejects.toThrow(
      PermissionDeniedError,
    );
  });

  it('lists keys page by page', async () => {
    await using prepared = await prepare(({ operation }) => {
      const more = operation.includes('continuation-token=more');
      const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>${!more}</IsTruncated>
        ${more ? '' : '<NextContinuationToken>more</NextContinuationToken>'}
        <Contents><Key>pushes/${more ? 2 : 1}/shop.json</Key></Contents></ListBucketResult>`;
      return { headers: xml, body };
    });
    expect(await prepared.records.list('pushes/')).toEqual([
      'pushes/1/shop.json',
      'pushes/2/shop.json',
    ]);
  });

  it('reads a document with its version', async () => {
    await using prepared = await prepare(() => ({ headers: { etag: '"abc"' }, body: { a: 1 } }));
    expect(await prepared.records.readVersion('a.json')).toEqual({
      document: { a: 1 },
      version: '"abc"',
    });
  });

  it.each([
    [undefined, '*', undefined],
    ['"abc"', undefined, '"abc"'],
  ])('writes over version %j only', async (version, IfNoneMatch, IfMatch) => {
    const client = new S3Client({ region: 'eu-central-1' });
    const commands = scriptClient(client, () => ({}));

    await expect(
      s3Records(client, 'records').writeUnlessChanged('a.json', { a: 1 }, version),
    ).resolves.toBe('written');

    expect(commands).toMatchObject([{ operation: 'PutObject' }]);
    expect(commands[0]?.input.IfNoneMatch).toBe(IfNoneMatch);
    expect(commands[0]?.input.IfMatch).toBe(IfMatch);
  });

  it.each([
    [412, 'PreconditionFailed'],
    [409, 'ConditionalRequestConflict'],
    [404, 'NoSuchKey'],
  ])('yields to another writer at %i %s', async (status, code) => {
    await using prepared = await prepare(() => s3Error(status, code));
    await expect(prepared.records.writeUnlessChanged('a.json', {}, '"abc"')).resolves.toBe(
      'changed',
    );
  });

  it('does not take a refusal for another writer', async () => {
    await using prepared = await prepare(() => s3Error(403, 'AccessDenied'));
    await expect(prepared.records.writeUnlessChanged('a.json', {}, undefined)).rejects.toThrow(
      PermissionDeniedError,
    );
  });
});
