import { isDeepStrictEqual } from 'node:util';
import type { Upload } from '../upload.ts';
import { requireDigest } from './blobs.ts';
import { answerEmpty, bodyOf, type Exchange, repositoryPath } from './exchange.ts';
import { RegistryError } from './registry-error.ts';

/** POST: mounts a blob, takes it in one request, or opens an upload. */
export async function beginUpload(exchange: Exchange): Promise<void> {
  const { model, repository, request, query } = exchange;
  const mount = query.get('mount');
  if (mount !== null && mountBlob(exchange, mount)) return answerStored(exchange, mount);

  const digest = query.get('digest');
  if (digest !== null) requireDigest(digest);
  const upload = model.uploads.begin(repository);
  if (digest === null) return answerProgress(exchange, upload);
  try {
    await upload.append(bodyOf(request));
    await model.uploads.complete(upload, repository, digest);
  } catch (error) {
    // The client never learned this upload's address, so it could not go on with it.
    await model.uploads.cancel(upload);
    throw error;
  }
  answerStored(exchange, digest);
}

/** PATCH: one more part. */
export async function continueUpload(exchange: Exchange): Promise<void> {
  const upload = requireUpload(exchange);
  await appendPart(exchange, upload);
  answerProgress(exchange, upload);
}

/** PUT: the last part, which may be empty, and the digest of the whole. */
export async function finishUpload(exchange: Exchange): Promise<void> {
  const { model, repository, query } = exchange;
  const upload = requireUpload(exchange);
  const digest = query.get('digest') ?? '';
  requireDigest(digest);
  await appendPart(exchange, upload);
  await model.uploads.complete(upload, repository, digest);
  answerStored(exchange, digest);
}

/** GET: how far an upload has come. */
export function getUpload(exchange: Exchange): void {
  const upload = requireUpload(exchange);
  answerEmpty(exchange, 204, progressHeaders(exchange, upload));
}

export async function cancelUpload(exchange: Exchange): Promise<void> {
  await exchange.model.uploads.cancel(requireUpload(exchange));
  answerEmpty(exchange, 204, {});
}

/**
 * ECR mounts where the account setting BLOB_MOUNTING is on, both repositories are encrypted alike, the client may read
 * the other's layers (ECR user guide, "Blob mounting") and a manifest there refers to the layer; else it is uploaded.
 */
function mountBlob({ model, repository, query, mayReadLayersOf }: Exchange, digest: string) {
  const from = model.repositories.find(query.get('from') ?? '');
  const size = from?.layers.get(digest);
  if (!from || size === undefined || !from.hasMountableLayer(digest)) return false;
  const alike = isDeepStrictEqual(from.options.encryption, repository.options.encryption);
  if (!model.accountSettings.mountsBlobs || !alike) return false;
  if (!mayReadLayersOf(from.address.name)) return false;
  repository.layers.set(digest, size);
  return true;
}

function requireUpload({ model, repository, reference }: Exchange): Upload {
  const upload = model.uploads.find(reference, repository);
  if (upload) return upload;
  throw new RegistryError(
    404,
    'BLOB_UPLOAD_UNKNOWN',
    `There is no upload '${reference}' in ${repository.address.name}: it ended, was dropped, or never began`,
  );
}

/** A part with Content-Range must begin where the last one ended, and be as long as it says. */
async function appendPart(exchange: Exchange, upload: Upload): Promise<void> {
  const { request } = exchange;
  const header = request.headers['content-range'];
  if (header === undefined) {
    await upload.append(bodyOf(request));
    return;
  }
  const [, from, to] = /^(?:bytes )?(\d+)-(\d+)(?:\/.*)?$/.exec(header) ?? [];
  const announced = Number(to) - Number(from) + 1;
  const length = request.headers['content-length'];
  if (Number(from) !== upload.size || (length !== undefined && Number(length) !== announced)) {
    throw new RegistryError(
      416,
      'BLOB_UPLOAD_INVALID',
      `The part '${header}' does not follow the ${upload.size} bytes received so far`,
      progressHeaders(exchange, upload),
    );
  }
  await upload.append(exactly(bodyOf(request), announced));
}

async function* exactly(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    yield chunk;
  }
  if (received === bytes) return;
  throw new RegistryError(
    400,
    'SIZE_INVALID',
    `The part has ${received} bytes, its Content-Range says ${bytes}`,
  );
}

function progressHeaders(exchange: Exchange, upload: Upload) {
  return {
    location: repositoryPath(exchange, `blobs/uploads/${upload.id}`),
    range: `0-${Math.max(0, upload.size - 1)}`,
    'docker-upload-uuid': upload.id,
  };
}

function answerProgress(exchange: Exchange, upload: Upload): void {
  answerEmpty(exchange, 202, progressHeaders(exchange, upload));
}

function answerStored(exchange: Exchange, digest: string): void {
  answerEmpty(exchange, 201, {
    location: repositoryPath(exchange, `blobs/${digest}`),
    'docker-content-digest': digest,
  });
}
