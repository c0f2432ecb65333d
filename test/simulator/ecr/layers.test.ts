import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { layerOf, pushTestImage, testImage } from './pushed-image.ts';

const repositoryName = 'team/shop';
const digestOf = (bytes: Uint8Array) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

describe('layers of the ECR API', () => {
  let bench: EcrBench;
  let uploadId: unknown;

  beforeEach(async () => {
    bench = await openEcrBench({ maxLayerBytes: 8_000_000 });
    bench.model.ensureRepository(repositoryName);
    uploadId = (await call('InitiateLayerUpload')).uploadId;
  });
  afterEach(() => bench.stop());

  const call = (operation: string, input: object = {}) =>
    bench.call(operation, { repositoryName, uploadId, ...input });
  const part = (bytes: Uint8Array, partFirstByte = 0) =>
    call('UploadLayerPart', {
      partFirstByte,
      partLastByte: partFirstByte + bytes.length - 1,
      layerPartBlob: bytes,
    });
  const failsWith = (code: string, members: object = {}) =>
    expect.objectContaining({ code, members: expect.objectContaining(members) });

  it('come in parts, and can be downloaded without credentials once an image has them', async () => {
    const [first, last] = [Buffer.alloc(5_242_880, 1), Buffer.from('end')];
    const layer = layerOf(Buffer.concat([first, last]));
    const layerDigest = layer.descriptor.digest;

    const middle = await part(first);
    await part(last, first.length);
    const completed = await call('CompleteLayerUpload', { layerDigests: [layerDigest] });

    expect(middle).toMatchObject({ uploadId, lastByteReceived: 5_242_879 });
    expect(completed).toMatchObject({ uploadId, layerDigest });
    const download = () => call('GetDownloadUrlForLayer', { layerDigest });
    await expect(download()).rejects.toEqual(failsWith('LayerInaccessibleException'));
    await pushTestImage(bench, repositoryName, testImage('a', { layers: [layer] }));
    const { downloadUrl } = await download();
    const downloaded = await (await fetch(downloadUrl as string)).arrayBuffer();
    expect(digestOf(new Uint8Array(downloaded))).toBe(layerDigest);
  });

  it('refuses a part with a gap before it, saying what was received last', async () => {
    await part(Buffer.alloc(10));

    await expect(part(Buffer.alloc(10), 11)).rejects.toEqual(
      failsWith('InvalidLayerPartException', { lastValidByteReceived: 9, uploadId }),
    );
  });

  it('refuses to go on after a part below 5 MiB', async () => {
    await part(Buffer.alloc(10));

    await expect(part(Buffer.alloc(10), 10)).rejects.toEqual(
      failsWith('LayerPartTooSmallException'),
    );
  });

  it('refuses more than the registry takes', async () => {
    await expect(part(Buffer.alloc(8_000_001))).rejects.toEqual(
      failsWith('LimitExceededException'),
    );
  });

  it('refuses an upload that has another digest, none, or no bytes', async () => {
    const complete = (layerDigests: string[]) => call('CompleteLayerUpload', { layerDigests });

    await expect(complete([digestOf(Buffer.from('x'))])).rejects.toEqual(
      failsWith('EmptyUploadException'),
    );
    await part(Buffer.from('y'));
    await expect(complete(['tarsum:1'])).rejects.toEqual(failsWith('InvalidParameterException'));
    await expect(complete([digestOf(Buffer.from('x'))])).rejects.toEqual(
      failsWith('InvalidLayerException'),
    );
    await expect(complete([digestOf(Buffer.from('y'))])).rejects.toEqual(
      failsWith('UploadNotFoundException'),
    );
  });

  it('refuses a layer that is there already', async () => {
    const bytes = Buffer.from('x');
    await part(bytes);
    await call('CompleteLayerUpload', { layerDigests: [digestOf(bytes)] });
    const second = (await call('InitiateLayerUpload')).uploadId;
    await call('UploadLayerPart', {
      uploadId: second,
      partFirstByte: 0,
      partLastByte: 0,
      layerPartBlob: bytes,
    });

    await expect(
      call('CompleteLayerUpload', { uploadId: second, layerDigests: [digestOf(bytes)] }),
    ).rejects.toEqual(failsWith('LayerAlreadyExistsException'));
  });

  it('are available or not, and malformed digests are failures', async () => {
    const bytes = Buffer.from('x');
    await part(bytes);
    await call('CompleteLayerUpload', { layerDigests: [digestOf(bytes)] });
    const absent = digestOf(Buffer.from('y'));

    const answer = await call('BatchCheckLayerAvailability', {
      layerDigests: [digestOf(bytes), absent, 'nonsense'],
    });

    expect(answer).toMatchObject({
      layers: [
        { layerDigest: digestOf(bytes), layerAvailability: 'AVAILABLE', layerSize: 1 },
        { layerDigest: absent, layerAvailability: 'UNAVAILABLE' },
      ],
      failures: [{ layerDigest: 'nonsense', failureCode: 'InvalidLayerDigest' }],
    });
    await expect(call('GetDownloadUrlForLayer', { layerDigest: absent })).rejects.toEqual(
      failsWith('LayersNotFoundException'),
    );
  });
});
