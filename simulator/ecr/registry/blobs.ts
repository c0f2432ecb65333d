import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isSha256Digest } from '../../oci/digest.ts';
import { answerEmpty, type Exchange } from './exchange.ts';
import { RegistryError } from './registry-error.ts';

/** GET and HEAD of a blob, with byte ranges. Throws RegistryError. */
export async function getBlob(exchange: Exchange): Promise<void> {
  const { model, repository, request, response, reference: digest } = exchange;
  requireDigest(digest);
  const size = repository.layers.get(digest);
  if (size === undefined) {
    throw new RegistryError(
      404,
      'BLOB_UNKNOWN',
      `Blob ${digest} is not in ${repository.address.name}`,
    );
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
    etag: `"${digest}"`,
  };
  if (request.method === 'HEAD' || size === 0) {
    return answerEmpty(exchange, 200, { ...headers, 'content-length': size });
  }
  const range = readRange(request.headers.range, size);
  const { first, last } = range ?? { first: 0, last: size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': last - first + 1,
    ...(range && { 'content-range': `bytes ${first}-${last}/${size}` }),
  });
  await pipeline(createReadStream(model.blobs.path(digest), { start: first, end: last }), response);
}

/** Throws RegistryError for anything but a sha256 digest, the only kind ECR keeps. */
export function requireDigest(digest: string): void {
  if (isSha256Digest(digest)) return;
  throw new RegistryError(
    400,
    'DIGEST_INVALID',
    `'${digest.slice(0, 100)}' is not a digest: sha256: and 64 lower-case hex digits`,
  );
}

/**
 * One range: `bytes=0-99`, `bytes=100-` or `bytes=-100`. Undefined means the whole blob, also for units
 * and lists that this registry does not know (RFC 9110 lets a server ignore them). Throws RegistryError.
 */
export function readRange(
  header: string | undefined,
  size: number,
): { first: number; last: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= size || last < first) {
    throw new RegistryError(
      416,
      'SIZE_INVALID',
      `The range '${header}' is outside of ${size} bytes`,
      {
        'content-range': `bytes */${size}`,
      },
    );
  }
  return { first, last };
}
