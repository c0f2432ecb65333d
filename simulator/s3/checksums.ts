import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../core/aws-error.ts';

/** Input and output members that carry checksums; those without a function are stored unverified. */
const algorithms: Readonly<Record<string, ((body: Uint8Array) => string) | undefined>> = {
  ChecksumCRC32: crc32Text,
  ChecksumCRC32C: undefined,
  ChecksumCRC64NVME: undefined,
  ChecksumSHA1: (body) => createHash('sha1').update(body).digest('base64'),
  ChecksumSHA256: (body) => createHash('sha256').update(body).digest('base64'),
};

function crc32Text(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** Checksums of an upload, verified; throws AwsError `BadDigest` or `InvalidDigest`. */
export function verifiedChecksums(
  input: Readonly<Record<string, unknown>>,
  body: Uint8Array,
): Record<string, string> {
  const { ContentMD5: md5 } = input;
  if (typeof md5 === 'string') verifyMd5(md5, body);
  const given: Record<string, string> = {};
  for (const [name, compute] of Object.entries(algorithms)) {
    const value = input[name];
    if (typeof value !== 'string') continue;
    if (compute && compute(body) !== value) {
      const algorithm = name.slice('Checksum'.length);
      throw new AwsError(
        'BadDigest',
        `The ${algorithm} you specified did not match the calculated checksum.`,
      );
    }
    given[name] = value;
  }
  return given;
}

function verifyMd5(md5: string, body: Uint8Array): void {
  if (Buffer.from(md5, 'base64').length !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (createHash('md5').update(body).digest('base64') !== md5) {
    throw new AwsError(
      'BadDigest',
      'The Content-MD5 you specified did not match what we received.',
    );
  }
}

/** Checksums of an object made of parts: those of the parts' checksums, then their number. */
export function compositeChecksums(
  parts: readonly { readonly checksums: Readonly<Record<string, string>> }[],
): Record<string, string> {
  const whole: Record<string, string> = {};
  for (const [name, compute] of Object.entries(algorithms)) {
    const each = parts.map(({ checksums }) => checksums[name]);
    if (!compute || each.some((one) => one === undefined)) continue;
    const joined = Buffer.concat(each.map((one) => Buffer.from(one ?? '', 'base64')));
    whole[name] = `${compute(joined)}-${parts.length}`;
  }
  return whole;
}
