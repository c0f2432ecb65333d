import { AwsError } from '../core/aws-error.ts';
import type { ObjectVersion } from './object-version.ts';

export interface ListRequest {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly maxKeys: number;
  readonly startAfter: string | undefined;
  readonly continuationToken: string | undefined;
}

export interface ListPage {
  readonly objects: ObjectVersion[];
  readonly commonPrefixes: string[];
  readonly nextToken: string | undefined;
}

/** One page of ListObjectsV2: objects and rolled-up prefixes count alike towards `maxKeys`. */
export function listPage(sorted: readonly ObjectVersion[], request: ListRequest): ListPage {
  const { prefix, delimiter, maxKeys } = request;
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let after = startingPoint(request);
  // Keys below a prefix that was already answered as a common prefix are seen as well.
  const seen = (key: string) =>
    after !== undefined &&
    (compare(key, after) <= 0 || commonPrefix(key, prefix, delimiter) === after);
  for (const object of sorted) {
    if (!object.key.startsWith(prefix) || seen(object.key)) continue;
    if (objects.length + commonPrefixes.length >= maxKeys) {
      const nextToken = maxKeys > 0 && after !== undefined ? encodeToken(after) : undefined;
      return { objects, commonPrefixes, nextToken };
    }
    const rolled = commonPrefix(object.key, prefix, delimiter);
    if (rolled === undefined) objects.push(object);
    else commonPrefixes.push(rolled);
    after = rolled ?? object.key;
  }
  return { objects, commonPrefixes, nextToken: undefined };
}

function commonPrefix(
  key: string,
  prefix: string,
  delimiter: string | undefined,
): string | undefined {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return delimiter && end >= 0 ? key.slice(0, end + delimiter.length) : undefined;
}

function startingPoint({ continuationToken, startAfter }: ListRequest): string | undefined {
  if (continuationToken === undefined) return startAfter;
  const key = Buffer.from(continuationToken, 'base64url').toString();
  if (!key || encodeToken(key) !== continuationToken) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return key;
}

function encodeToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
