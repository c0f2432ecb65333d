import {
  ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c, crc64nvme } from '../../../simulator/s3/crc.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

/** Check values of the catalogue of parametrised CRC algorithms. */
describe('checksums by table', () => {
  const digits = Buffer.from('123456789');
  it('are those of CRC32C and CRC64NVME', () => {
    expect(crc32c(digits).toString('hex')).toBe('e3069283');
    expect(crc64nvme(digits).toString('hex')).toBe('ae8b14860a799888');
    expect(crc32c(new Uint8Array()).toString('hex')).toBe('00000000');
  });
});

describe('checksums of uploads', () => {
  let simulator: Simulator;
  let client: S3Client;
  const at = { Bucket: 'sums', Key: 'a' };
  beforeEach(async () => {
    simulator = await createSimulator();
    client = new S3Client({
      endpoint: simulator.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    });
    await client.send(new CreateBucketCommand({ Bucket: at.Bucket }));
  });
  afterEach(async () => {
    client.destroy();
    await simulator.stop();
  });

  it.each([
    ['CRC32C', 'ChecksumCRC32C', crc32c],
    ['CRC64NVME', 'ChecksumCRC64NVME', crc64nvme],
  ] as const)('%s is verified and kept', async (algorithm, member, compute) => {
    const right = compute(Buffer.from('body')).toString('base64');
    await client.send(new PutObjectCommand({ ...at, Body: 'body', [member]: right }));
    const head = await client.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
    expect(head[member]).toBe(right);
    await expect(
      client.send(new PutObjectCommand({ ...at, Body: 'other', [member]: right })),
    ).rejects.toMatchObject({
      name: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  });

  it('CRC64NVME of parts is that of the whole object, CRC32C that of the checksums', async () => {
    // All parts but the last have 5 MiB at least.
    const parts = ['1'.repeat(5 * 1024 * 1024), 'second'];
    for (const [algorithm, member, compute, wanted] of [
      [ChecksumAlgorithm.CRC64NVME, 'ChecksumCRC64NVME', crc64nvme, parts.join('')],
      [ChecksumAlgorithm.CRC32C, 'ChecksumCRC32C', crc32c, undefined],
    ] as const) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: algorithm }),
      );
      const uploaded = [];
      for (const [index, body] of parts.entries()) {
        const sum = compute(Buffer.from(body)).toString('base64');
        const part = { PartNumber: index + 1, [member]: sum };
        const { ETag } = await client.send(
          new UploadPartCommand({ ...at, UploadId, Body: body, ...part }),
        );
        uploaded.push({ ETag, ...part });
      }
      const completed = await client.send(
        new CompleteMultipartUploadCommand({
          ...at,
          UploadId,
          MultipartUpload: { Parts: uploaded },
        }),
      );
      const joined = Buffer.concat(parts.map((body) => compute(Buffer.from(body))));
      expect(completed[member]).toBe(
        wanted === undefined
          ? `${compute(joined).toString('base64')}-2`
          : compute(Buffer.from(wanted)).toString('base64'),
      );
    }
  });
});
