import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainAccess } from '../../cli/account/explain-access.ts';
import { openAccount } from '../../cli/account/open-account.ts';
import { callAws } from '../../functions/adapters/aws-errors.ts';

/** A proxy's page, or that of whatever else answers at the address. */
const page = '<!DOCTYPE html><html><body>Please log in</body></html>';

let server: Server;
let status: number;
let endpoint: string;
beforeEach(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, value] of [
    ['AWS_ENDPOINT_URL', endpoint],
    ['AWS_REGION', 'eu-central-1'],
    ['AWS_ACCESS_KEY_ID', 'me'],
    ['AWS_SECRET_ACCESS_KEY', 'me'],
  ] as const) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
});

const strange = (code: number) =>
  `HTTP ${code} without an error of AWS in it, as from a proxy or another endpoint`;

const askEcr = () =>
  callAws({ action: 'ecr:DescribeImages', resource: 'repository team/shop' }, () =>
    new ECRClient({ maxAttempts: 1 }).send(new DescribeImagesCommand({ repositoryName: 'shop' })),
  );
const askSts = () =>
  callAws({ action: 'sts:GetCallerIdentity', resource: 'the credentials in use' }, () =>
    new STSClient({ maxAttempts: 1 }).send(new GetCallerIdentityCommand({})),
  );

async function explained(ask: () => Promise<unknown>): Promise<string | undefined> {
  const error = await ask().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return explainAccess(error)?.message;
}

describe('an endpoint that is not AWS', () => {
  it.each([
    ['JSON, 200', askEcr, 200, 'ecr:DescribeImages on repository team/shop was refused'],
    [
      'JSON, 503',
      askEcr,
      503,
      'AWS could not be reached: ecr:DescribeImages on repository team/shop failed for now',
    ],
    [
      'JSON, 403',
      askEcr,
      403,
      'Not permitted to call ecr:DescribeImages on repository team/shop with these credentials',
    ],
    [
      'XML, 403',
      askSts,
      403,
      'Not permitted to call sts:GetCallerIdentity on the credentials in use with these credentials',
    ],
    ['XML, 400', askSts, 400, 'sts:GetCallerIdentity on the credentials in use was refused'],
  ])('is told as such where the client expects %s, in one line', async (_, ask, code, tried) => {
    status = code;
    expect(await explained(ask)).toBe(`${tried}: ${strange(code)}`);
  });

  it('is not taken for an account without Greengate', async () => {
    status = 200;
    const open = () =>
      openAccount({ region: 'eu-central-1', recordsBucket: undefined, lessToSee: () => {} });
    expect(await explained(open)).toBe(
      'sts:GetCallerIdentity was answered, but not by AWS: the answer names no account; is there a proxy in between, or another --endpoint to use?',
    );
  });
});
