import type { Caller } from './operation.ts';

/** What an AWS signature tells without being verified. */
export interface Signature {
  readonly accessKeyId: string;
  /** Service of the credential scope, e.g. `s3`. */
  readonly service: string | undefined;
}

/** Reads the Authorization header (SigV4, SigV4A, SigV2) or the query string of a presigned URL. */
export function readSignature(
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Signature | undefined {
  const authorization = headers.authorization ?? '';
  const credential =
    /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential') ?? undefined;
  if (credential !== undefined) {
    const parts = credential.split('/');
    return { accessKeyId: parts[0] ?? '', service: parts.at(-2) };
  }
  const legacy = /^AWS ([^:\s]+):/.exec(authorization)?.[1] ?? query.get('AWSAccessKeyId');
  return legacy ? { accessKeyId: legacy, service: undefined } : undefined;
}

/** The simulator's functions run with `FN.<functionName>` as access key id; all else is `user`. */
export function callerOf(signature: Signature | undefined): Caller {
  const accessKeyId = signature?.accessKeyId ?? '';
  return { accessKeyId, name: accessKeyId.startsWith('FN.') ? accessKeyId.slice(3) : 'user' };
}
