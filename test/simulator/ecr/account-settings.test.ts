import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

let bench: EcrBench;

beforeEach(async () => {
  bench = await openEcrBench();
});
afterEach(() => bench.stop());

const put = (name: string, value: string) => bench.call('PutAccountSetting', { name, value });
const get = (name: string) => bench.call('GetAccountSetting', { name });

describe('account settings', () => {
  it.each([
    ['BASIC_SCAN_TYPE_VERSION', 'AWS_NATIVE'],
    ['REGISTRY_POLICY_SCOPE', 'V2'],
    ['BLOB_MOUNTING', 'DISABLED'],
  ])('%s is %s at first', async (name, value) => {
    expect(await get(name)).toEqual({ name, value });
  });

  it('are kept and shown', async () => {
    const on = { name: 'BLOB_MOUNTING', value: 'ENABLED' };
    expect(await put(on.name, on.value)).toEqual(on);
    expect(await get(on.name)).toEqual(on);
  });

  it.each([
    ['BASIC_SCAN_TYPE_VERSION', 'CLAIR', 'value', 'must be one of: AWS_NATIVE'],
    ['BLOB_MOUNTING', 'on', 'value', 'must be one of: DISABLED, ENABLED'],
    [
      'toString',
      'x',
      'name',
      'must be one of: BASIC_SCAN_TYPE_VERSION, REGISTRY_POLICY_SCOPE, BLOB_MOUNTING',
    ],
  ])('%s cannot be %s', async (name, value, member, constraint) => {
    await expect(put(name, value)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`,
    });
  });

  it.each([
    ['off', 'DISABLED', 'team/other', 202],
    ['on', 'ENABLED', 'team/other', 201],
    ['on, from a repository that is encrypted otherwise', 'ENABLED', 'team/secret', 202],
  ])('a registry with blob mounting %s', async (_, value, from, status) => {
    bench.model.repositories.create('team/shop');
    bench.model.repositories.create('team/other');
    bench.model.repositories.create('team/secret', { encryption: { encryptionType: 'KMS' } });
    const image = testImage('a');
    await pushTestImage(bench, from, image);
    await put('BLOB_MOUNTING', value);

    const query = `mount=${image.config.descriptor.digest}&from=${from}`;
    const url = `${bench.registry}/v2/team/shop/blobs/uploads/?${query}`;
    const response = await fetch(url, { method: 'POST' });

    expect(response.status).toBe(status);
    const place = status === 201 ? `blobs/${image.config.descriptor.digest}` : 'blobs/uploads/';
    expect(response.headers.get('location')).toContain(`/v2/team/shop/${place}`);
  });
});
