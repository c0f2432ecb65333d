import type {
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { encodeKey } from './encode-key.ts';
import { listPage } from './list-objects.ts';
import type { S3Model } from './model.ts';

const mostKeys = 1000;

/** The older ListObjects, and ListObjectVersions. */
export function listingOperations(model: S3Model, world: World): Record<string, WireOperation> {
  const Owner = { ID: world.identity.accountId };
  return {
    ListObjects: operation<ListObjectsCommandInput, ListObjectsCommandOutput>(
      ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'Marker', 'EncodingType'],
      ({ Bucket = '', Prefix = '', Marker = '', EncodingType, ...input }) => {
        const encode = (text: string) => (EncodingType === 'url' ? encodeKey(text) : text);
        const delimiter = input.Delimiter || undefined;
        const MaxKeys = Math.min(input.MaxKeys ?? mostKeys, mostKeys);
        const page = listPage(model.bucket(Bucket).current(), {
          prefix: Prefix,
          delimiter,
          maxKeys: MaxKeys,
          startAfter: Marker || undefined,
          continuationToken: undefined,
        });
        const last = page.nextToken && Buffer.from(page.nextToken, 'base64url').toString();
        return {
          Name: Bucket,
          Prefix: encode(Prefix),
          Marker: encode(Marker),
          MaxKeys,
          IsTruncated: page.nextToken !== undefined,
          ...(EncodingType && { EncodingType }),
          ...(delimiter && { Delimiter: encode(delimiter) }),
          // Only with a delimiter; else the last key is the next marker (API reference).
          ...(delimiter && last && { NextMarker: encode(last) }),
          Contents: page.objects.map((object) => ({
            Key: encode(object.key),
            LastModified: new Date(object.modifiedMs),
            ETag: object.etag,
            Size: object.body.length,
            StorageClass: (object.headers.storageClass ?? 'STANDARD') as 'STANDARD',
            Owner,
          })),
          CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
        };
      },
    ),
    ListObjectVersions: operation<ListObjectVersionsCommandInput, ListObjectVersionsCommandOutput>(
      ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'KeyMarker', 'VersionIdMarker', 'EncodingType'],
      ({ Bucket = '', Prefix = '', Delimiter = '', KeyMarker = '', EncodingType, ...input }) => {
        const encode = (text: string) => (EncodingType === 'url' ? encodeKey(text) : text);
        const MaxKeys = Math.min(input.MaxKeys ?? mostKeys, mostKeys);
        const all = model.bucket(Bucket).allVersions();
        const marked = all.findIndex(
          ({ version }) => version.key === KeyMarker && version.versionId === input.VersionIdMarker,
        );
        const after =
          marked >= 0
            ? all.slice(marked + 1)
            : all.filter(({ version }) => version.key > KeyMarker);
        const fits = after.filter(({ version }) => version.key.startsWith(Prefix));
        const rolled = (key: string) => {
          const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
          return end < 0 ? undefined : key.slice(0, end + Delimiter.length);
        };
        const own = fits.filter(({ version }) => rolled(version.key) === undefined);
        const shown = own.slice(0, MaxKeys);
        const last = shown.at(-1)?.version;
        const IsTruncated = own.length > shown.length;
        const prefixes = new Set(fits.flatMap(({ version }) => rolled(version.key) ?? []));
        const facts = ({ version, latest }: (typeof shown)[number]) => ({
          Key: encode(version.key),
          VersionId: version.versionId,
          IsLatest: latest,
          LastModified: new Date(version.modifiedMs),
          Owner,
        });
        return {
          Name: Bucket,
          Prefix: encode(Prefix),
          KeyMarker: encode(KeyMarker),
          VersionIdMarker: input.VersionIdMarker ?? '',
          MaxKeys,
          IsTruncated,
          ...(EncodingType && { EncodingType }),
          ...(Delimiter && { Delimiter: encode(Delimiter) }),
          ...(IsTruncated &&
            last && { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.versionId }),
          Versions: shown
            .filter(({ version }) => !version.deleteMarker)
            .map((one) => ({
              ...facts(one),
              ETag: one.version.etag,
              Size: one.version.body.length,
              StorageClass: 'STANDARD' as const,
            })),
          DeleteMarkers: shown.filter(({ version }) => version.deleteMarker).map(facts),
          CommonPrefixes: [...prefixes].map((prefix) => ({ Prefix: encode(prefix) })),
        };
      },
    ),
  };
}
