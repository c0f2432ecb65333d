/** URL encoding as S3 does it in listings: slashes stay. */
export function encodeKey(text: string): string {
  return encodeURIComponent(text).replace(/%2F/g, '/');
}
