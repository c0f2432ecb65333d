/** What an AWS signature tells without being verified. */
export interface Signature {
  readonly accessKeyId: string;
  /** Service of the credential scope, e.g. `s3`. */
  readonly service: string | undefined;
  /** Of temporary credentials. */
  readonly sessionToken?: string | undefined;
}

/** Reads the Authorization header (SigV4, SigV4A, SigV2) or the query string of a presigned URL. */
export function readSignature(
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Signature | undefined {
  const authorization = headers.authorization ?? '';
  const sessionToken =
    headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined;
  const credential =
    /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential') ?? undefined;
  if (credential !== undefined) {
    const parts = credential.split('/');
    return { accessKeyId: parts[0] ?? '', service: parts.at(-2), sessionToken };
  }
  const legacy = /^AWS ([^:\s]+):/.exec(authorization)?.[1] ?? query.get('AWSAccessKeyId');
  return legacy ? { accessKeyId: legacy, service: undefined, sessionToken } : undefined;
}
