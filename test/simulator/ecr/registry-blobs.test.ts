import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pushTestImage, testImage } from './pushed-image.ts';

const bytes = Buffer.from('0123456789');
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const zeros = `sha256:${'0'.repeat(64)}`;

describe('blobs of the registry', () => {
  let bench: EcrBench;
  let base: string;

  beforeEach(async () => {
    bench = await openEcrBench({ maxLayerBytes: 1_000 });
    bench.model.ensureRepository('team/shop');
    base = `${bench.registry}/v2/team/shop`;
  });
  afterEach(() => bench.stop());

  const begin = async (query = '', init: RequestInit = {}) =>
    fetch(`${base}/blobs/uploads/${query}`, { method: 'POST', ...init });
  const beginUpload = async () => {
    const response = await begin();
    return `${bench.registry}${response.headers.get('location')}`;
  };
  const patch = (url: string, body: Uint8Array, range?: string) =>
    fetch(url, { method: 'PATCH', body, headers: range ? { 'content-range': range } : {} });
  const errorOf = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { code: string; message: string }[] };
    return { status: response.status, code: errors[0]?.code };
  };
  const uploadFiles = () => readdirSync(join(bench.world.directory, 'ecr', 'uploads'));

  it('answers the version check and says which API it is', async () => {
    const response = await fetch(`${bench.registry}/v2/`);

    expect(response.status).toBe(200);
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  });

  it('takes a blob in one request and gives it back', async () => {
    const stored = await begin(`?digest=${digest}`, { body: bytes });

    expect(stored.status).toBe(201);
    expect(stored.headers.get('location')).toBe(`/v2/team/shop/blobs/${digest}`);
    expect(stored.headers.get('docker-content-digest')).toBe(digest);
    const got = await fetch(`${base}/blobs/${digest.replace(':', '%3A')}`);
    expect(await got.text()).toBe('0123456789');
    const head = await fetch(`${base}/blobs/${digest}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  });

  it('takes a blob in parts that follow each other, the last one with the digest', async () => {
    const url = await beginUpload();

    const first = await patch(url, bytes.subarray(0, 4), '0-3');
    const second = await patch(url, bytes.subarray(4, 8), '4-7');
    const progress = await fetch(url);
    const stored = await fetch(`${url}?digest=${digest}`, {
      method: 'PUT',
      body: bytes.subarray(8),
    });

    expect([first.status, first.headers.get('range')]).toEqual([202, '0-3']);
    expect([second.status, second.headers.get('range')]).toEqual([202, '0-7']);
    expect([progress.status, progress.headers.get('range')]).toEqual([204, '0-7']);
    expect(stored.status).toBe(201);
    expect(await (await fetch(`${base}/blobs/${digest}`)).text()).toBe('0123456789');
  });

  it('takes a streamed part without Content-Range', async () => {
    const url = await beginUpload();

    await patch(url, bytes);
    const stored = await fetch(`${url}?digest=${digest}`, { method: 'PUT' });

    expect(stored.status).toBe(201);
  });

  it.each(['0-1', '3-4', '1-2'])(
    'refuses a part %s after two bytes, and keeps them',
    async (range) => {
      const url = await beginUpload();
      await patch(url, bytes.subarray(0, 2), '0-1');

      const refused = await patch(url, bytes.subarray(2, 4), range);

      expect(refused.status).toBe(416);
      expect(refused.headers.get('range')).toBe('0-1');
      expect((await patch(url, bytes.subarray(2), '2-9')).status).toBe(202);
    },
  );

  it('refuses a part whose length is not that of its Content-Range', async () => {
    const url = await beginUpload();

    expect((await patch(url, bytes, '0-3')).status).toBe(416);
    expect((await fetch(url)).headers.get('range')).toBe('0-0');
  });

  it('refuses bytes that have another digest, and forgets the upload', async () => {
    const url = await beginUpload();

    const refused = await fetch(`${url}?digest=${zeros}`, { method: 'PUT', body: bytes });

    expect(await errorOf(refused)).toEqual({ status: 400, code: 'DIGEST_INVALID' });
    expect(await errorOf(await fetch(url))).toEqual({ status: 404, code: 'BLOB_UPLOAD_UNKNOWN' });
    expect((await fetch(`${base}/blobs/${zeros}`)).status).toBe(404);
    expect(uploadFiles()).toEqual([]);
  });

  it.each(['', 'sha256:abc', 'sha512:00', `sha256:${'A'.repeat(64)}`, '../../etc/passwd'])(
    'refuses %j as a digest',
    async (wrong) => {
      const url = await beginUpload();

      const refused = await fetch(`${url}?digest=${encodeURIComponent(wrong)}`, { method: 'PUT' });

      expect(await errorOf(refused)).toEqual({ status: 400, code: 'DIGEST_INVALID' });
    },
  );

  it('keeps a blob of no bytes', async () => {
    const empty = `sha256:${createHash('sha256').digest('hex')}`;

    expect((await begin(`?digest=${empty}`)).status).toBe(201);
    expect(await (await fetch(`${base}/blobs/${empty}`)).text()).toBe('');
  });

  it('refuses a layer that is too large, and goes on with the parts before it', async () => {
    const url = await beginUpload();
    await patch(url, bytes);

    const refused = await patch(url, Buffer.alloc(991));

    expect(await errorOf(refused)).toEqual({ status: 413, code: 'SIZE_INVALID' });
    const stored = await fetch(`${url}?digest=${digest}`, { method: 'PUT' });
    expect(stored.status).toBe(201);
  });

  it('leaves an upload as it was when a part breaks off', async () => {
    const url = await beginUpload();
    await patch(url, bytes.subarray(0, 4));

    await new Promise<void>((resolve) => {
      const request = http.request(url, { method: 'PATCH', headers: { 'content-length': 100 } });
      request.on('error', () => resolve());
      request.write(bytes, () => request.destroy(new Error('gone')));
    });

    await expect
      .poll(async () => (await patch(url, bytes.subarray(4))).headers.get('range'))
      .toBe('0-9');
  });

  it('cancels an upload on DELETE', async () => {
    const url = await beginUpload();
    await patch(url, bytes);

    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(url)).status).toBe(404);
    expect(uploadFiles()).toEqual([]);
  });

  it('drops an upload that nobody goes on with', async () => {
    const url = await beginUpload();
    await patch(url, bytes);

    await bench.world.clock.sleep(25 * 3_600_000);

    await expect.poll(uploadFiles).toEqual([]);
    expect((await fetch(url)).status).toBe(404);
  });

  it('knows an upload only in its own repository', async () => {
    bench.model.ensureRepository('team/other');
    const url = await beginUpload();

    const elsewhere = await fetch(url.replace('team/shop', 'team/other'));

    expect(elsewhere.status).toBe(404);
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ])('answers Range: %s with %i', async (range, status, text, contentRange) => {
    await begin(`?digest=${digest}`, { body: bytes });

    const response = await fetch(`${base}/blobs/${digest}`, { headers: { range } });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(contentRange);
    expect(await response.text()).toBe(text);
  });

  it('refuses a range that begins after the end', async () => {
    await begin(`?digest=${digest}`, { body: bytes });

    const response = await fetch(`${base}/blobs/${digest}`, { headers: { range: 'bytes=10-' } });

    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
  });

  it('mounts a layer that an image of another repository refers to, and no other', async () => {
    bench.model.ensureRepository('team/other');
    await bench.call('PutAccountSetting', { name: 'BLOB_MOUNTING', value: 'ENABLED' });
    const image = testImage('a');
    const referenced = image.config.descriptor.digest;
    await pushTestImage(bench, 'team/other', image);
    await fetch(`${bench.registry}/v2/team/other/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      body: bytes,
    });

    const mounted = await begin(`?mount=${referenced}&from=team/other`);
    const loose = await begin(`?mount=${digest}&from=team/other`);
    const unknown = await begin(`?mount=${zeros}&from=team/none`);

    expect([mounted.status, loose.status, unknown.status]).toEqual([201, 202, 202]);
    expect((await fetch(`${base}/blobs/${referenced}`)).status).toBe(200);
    expect(loose.headers.get('location')).toMatch(/^\/v2\/team\/shop\/blobs\/uploads\/[0-9a-f-]+$/);
  });

  it.each([
    ['GET', '/v2/team/none/blobs/x', 404, 'NAME_UNKNOWN'],
    ['POST', '/v2/team/none/blobs/uploads/', 404, 'NAME_UNKNOWN'],
    ['GET', '/v2/Team/blobs/x', 400, 'NAME_INVALID'],
    ['GET', '/v2/..%2f..%2fetc/blobs/x', 400, 'NAME_INVALID'],
    ['GET', '/v2/team/shop/blobs/..%2f..%2fsecret', 400, 'DIGEST_INVALID'],
    ['GET', `/v2/team/shop/blobs/${zeros}`, 404, 'BLOB_UNKNOWN'],
    ['DELETE', `/v2/team/shop/blobs/${zeros}`, 405, 'UNSUPPORTED'],
    ['POST', '/v2/_catalog', 405, 'UNSUPPORTED'],
    ['PATCH', '/v2/team/shop/blobs/uploads/..%2fx', 404, 'BLOB_UPLOAD_UNKNOWN'],
  ])('answers %s %s with %i %s', async (method, path, status, code) => {
    const response = await fetch(`${bench.registry}${path}`, { method });

    expect(await errorOf(response)).toEqual({ status, code });
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  });

  it('leaves paths outside of /v2/ to others', async () => {
    expect((await fetch(`${bench.registry}/v2x/team`)).headers.get('content-type')).toBeNull();
  });
});
