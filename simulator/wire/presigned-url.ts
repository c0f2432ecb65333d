import { AwsError } from '../core/aws-error.ts';

const aWeekInSeconds = 604_800;

/**
 * Refuses a presigned S3 URL whose time is over or never was: SigV4's X-Amz-Date and X-Amz-Expires, or the older
 * Expires (S3 API reference, authenticating requests: using query parameters).
 */
export function checkPresignedUrl(query: URLSearchParams, nowMs: number): void {
  const expires = query.get('X-Amz-Expires');
  if (expires === null) {
    checkOlderUrl(query, nowMs);
    return;
  }
  const seconds = Number(expires);
  if (!Number.isInteger(seconds)) throw wrong('X-Amz-Expires should be a number');
  if (seconds < 0) throw wrong('X-Amz-Expires must be non-negative');
  if (seconds > aWeekInSeconds) {
    throw wrong(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  const signedMs = Date.parse(
    (query.get('X-Amz-Date') ?? '').replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    ),
  );
  if (Number.isNaN(signedMs)) {
    throw wrong("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  const endMs = signedMs + seconds * 1000;
  if (endMs < nowMs) throw expired(endMs, nowMs, { 'X-Amz-Expires': expires });
}

function checkOlderUrl(query: URLSearchParams, nowMs: number): void {
  const end = query.get('AWSAccessKeyId') === null ? null : query.get('Expires');
  if (end !== null && Number(end) * 1000 < nowMs) throw expired(Number(end) * 1000, nowMs, {});
}

function wrong(message: string): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message);
}

function expired(endMs: number, nowMs: number, more: Record<string, string>): AwsError {
  return new AwsError('AccessDenied', 'Request has expired', {
    status: 403,
    members: { ...more, Expires: isoSeconds(endMs), ServerTime: isoSeconds(nowMs) },
  });
}

function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
