/**
 * The path of an S3 request with its bucket in front, as path-style requests have it. Virtual-hosted ones name
 * the bucket in the Host header: `BUCKET.localhost:PORT`, `BUCKET.s3.localhost:PORT`,
 * `BUCKET.s3.REGION.amazonaws.com` (S3 user guide, virtual hosting of buckets).
 */
export function pathStyle(path: string, host: string | undefined): string {
  const bucket = hostedBucket(host);
  return bucket === undefined ? path : `/${bucket}${path}`;
}

function hostedBucket(host = ''): string | undefined {
  const name = host.toLowerCase().replace(/:\d*$/, '');
  const [, bucket] =
    /^(.+?)\.(?:s3\.)?localhost$/.exec(name) ??
    /^(.+?)\.s3(?:[.-][a-z0-9.-]+)?\.amazonaws\.com$/.exec(name) ??
    [];
  return bucket === 's3' || bucket?.startsWith('s3.') ? undefined : bucket;
}
