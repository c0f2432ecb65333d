import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../core/aws-error.ts';
import { crc32c, crc64nvme } from './crc.ts';

/** Input and output members that carry checksums. */
const algorithms: Readonly<Record<string, (body: Uint8Array) => string>> = {
  ChecksumCRC32: crc32Text,
  ChecksumCRC32C: (body) => crc32c(body).toString('base64'),
  ChecksumCRC64NVME: (body) => crc64nvme(body).toString('base64'),
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
    if (compute(body) !== value) throw badDigest(name);
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

/** Known for the whole object only (S3 guide, "Checking object integrity"). */
const ofWholeObject = ['ChecksumCRC64NVME'];

/**
 * Checksums of an object made of parts: those of the parts' checksums, then their number; or of the whole object
 * where the algorithm or `type` FULL_OBJECT asks for it.
 */
export function compositeChecksums(
  parts: readonly {
    readonly checksums: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  }[],
  type?: string,
): Record<string, string> {
  const whole: Record<string, string> = {};
  for (const [name, compute] of Object.entries(algorithms)) {
    const each = parts.map(({ checksums }) => checksums[name]);
    if (each.some((one) => one === undefined)) continue;
    if (type === 'FULL_OBJECT' || ofWholeObject.includes(name)) {
      whole[name] = compute(Buffer.concat(parts.map(({ body }) => body)));
      continue;
    }
    const joined = Buffer.concat(each.map((one) => Buffer.from(one ?? '', 'base64')));
    whole[name] = `${compute(joined)}-${parts.length}`;
  }
  return whole;
}

/** What a client computed of the object that its parts make; throws AwsError `BadDigest`. */
export function requireSameChecksums(
  input: Readonly<Record<string, unknown>>,
  computed: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(computed)) {
    const given = input[name];
    if (typeof given === 'string' && given !== value) throw badDigest(name);
  }
}

function badDigest(name: string): AwsError {
  const algorithm = name.slice('Checksum'.length);
  return new AwsError(
    'BadDigest',
    `The ${algorithm} you specified did not match the calculated checksum.`,
  );
}
