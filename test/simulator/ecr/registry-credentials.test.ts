import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

let bench: EcrBench;

const tokenOf = async () => {
  const { authorizationData } = (await bench.call('GetAuthorizationToken', {})) as {
    authorizationData: { authorizationToken: string; expiresAt: Date }[];
  };
  return authorizationData[0]?.authorizationToken ?? '';
};
const ping = async (authorization?: string) => {
  const response = await fetch(`${bench.registry}/v2/`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const body = (await response.json()) as { errors?: { code: string; message: string }[] };
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
};

afterEach(() => bench.stop());

describe('a registry that requires credentials', () => {
  beforeEach(async () => {
    bench = await openEcrBench({}, { requireRegistryCredentials: true });
  });

  it('challenges anonymous clients with Basic, and takes the token of GetAuthorizationToken', async () => {
    expect(await ping()).toEqual({
      status: 401,
      challenge: `Basic realm="${bench.registry}/",service="ecr.amazonaws.com"`,
      body: {
        errors: [{ code: 'UNAUTHORIZED', message: 'no basic auth credentials', detail: {} }],
      },
    });
    expect(await ping(`Basic ${await tokenOf()}`)).toMatchObject({ status: 200, challenge: null });
  });

  it.each([
    ['somebody else', 'somebody:simulated'],
    ['a made-up password', 'AWS:simulated'],
    ['no password', 'AWS'],
  ])('refuses %s', async (_, credentials) => {
    const encoded = Buffer.from(credentials).toString('base64');
    expect((await ping(`Basic ${encoded}`)).status).toBe(401);
  });

  it('refuses a token after twelve hours', async () => {
    const token = await tokenOf();
    await bench.world.clock.advanceTo(bench.world.clock.now() + 12 * 3_600_000 - 60_000);
    expect((await ping(`Basic ${token}`)).status).toBe(200);
    await bench.world.clock.advanceTo(bench.world.clock.now() + 60_000);
    expect((await ping(`Basic ${token}`)).body.errors).toMatchObject([
      { message: 'Your authorization token has expired. Reauthenticate and try again.' },
    ]);
  });

  it('lets the URL of GetDownloadUrlForLayer be read without', async () => {
    bench.model.repositories.create('team/shop');
    Object.assign(bench.world.settings, { requireRegistryCredentials: false });
    const image = testImage('a');
    await pushTestImage(bench, 'team/shop', image, 'v1');
    Object.assign(bench.world.settings, { requireRegistryCredentials: true });
    const { downloadUrl } = await bench.call('GetDownloadUrlForLayer', {
      repositoryName: 'team/shop',
      layerDigest: image.config.descriptor.digest,
    });
    expect((await fetch(String(downloadUrl))).status).toBe(200);
    expect((await fetch(String(downloadUrl).replace(/\?.*/, ''))).status).toBe(401);
  });
});

describe('a registry as it is set', () => {
  it.each([undefined, 'Basic bm9ib2R5OmhlcmU='])('takes everybody (%s)', async (authorization) => {
    bench = await openEcrBench();
    expect(await ping(authorization)).toMatchObject({ status: 200, challenge: null, body: {} });
  });
});
