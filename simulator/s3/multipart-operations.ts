import type {
  AbortMultipartUploadCommandInput,
  AbortMultipartUploadCommandOutput,
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadCommandOutput,
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  ListPartsCommandInput,
  ListPartsCommandOutput,
  UploadPartCommandInput,
  UploadPartCommandOutput,
} from '@aws-sdk/client-s3';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { compositeChecksums, requireSameChecksums, verifiedChecksums } from './checksums.ts';
import type { S3Model } from './model.ts';
import { multipartEtag, namedParts } from './multipart-uploads.ts';
import { headerMembers, readHeaders, readTagging } from './object-headers.ts';
import { checksumMembers, versionOf } from './object-operations.ts';

/** The most uploads that S3 lists at once [model]. */
const mostUploads = 1000;

/** Uploads in parts. */
export function multipartOperations(model: S3Model, world: World): Record<string, WireOperation> {
  const { uploads } = model;
  const tagsOf = new WeakMap<object, ReadonlyMap<string, string>>();
  const owner = { ID: world.identity.accountId };
  return {
    CreateMultipartUpload: operation<
      CreateMultipartUploadCommandInput,
      CreateMultipartUploadCommandOutput
    >(
      ['Bucket', 'Key', 'ChecksumAlgorithm', 'ChecksumType', ...headerMembers],
      ({ Bucket = '', Key = '', ...input }) => {
        model.bucket(Bucket);
        const headers = readHeaders(input);
        const upload = uploads.begin(Bucket, Key, headers);
        tagsOf.set(upload, readTagging(input.Tagging));
        const { ChecksumAlgorithm, ChecksumType } = input;
        return {
          Bucket,
          Key,
          UploadId: upload.id,
          ...headers.encryption,
          ...(ChecksumAlgorithm && { ChecksumAlgorithm }),
          ...(ChecksumType && { ChecksumType }),
        };
      },
    ),
    UploadPart: operation<UploadPartCommandInput, UploadPartCommandOutput>(
      ['Bucket', 'Key', 'UploadId', 'PartNumber', 'Body', 'ContentLength', ...checksumMembers],
      ({ Bucket = '', Key = '', UploadId = '', PartNumber = 0, ...input }) => {
        const upload = model.upload(UploadId, Bucket, Key);
        const body = input.Body instanceof Uint8Array ? input.Body : Buffer.alloc(0);
        const checksums = verifiedChecksums({ ...input }, body);
        const { etag } = uploads.put(upload, PartNumber, body, checksums);
        return { ETag: etag, ...upload.headers.encryption, ...checksums };
      },
    ),
    CompleteMultipartUpload: operation<
      CompleteMultipartUploadCommandInput,
      CompleteMultipartUploadCommandOutput
    >(
      [
        'Bucket',
        'Key',
        'UploadId',
        'MultipartUpload',
        'ChecksumCRC32',
        'ChecksumCRC32C',
        'ChecksumCRC64NVME',
        'ChecksumSHA1',
        'ChecksumSHA256',
        'MpuObjectSize',
        'ChecksumType',
        'IfMatch',
        'IfNoneMatch',
      ],
      (input) => {
        const {
          Bucket = '',
          Key = '',
          UploadId = '',
          MultipartUpload,
          IfMatch,
          IfNoneMatch,
        } = input;
        const upload = model.upload(UploadId, Bucket, Key);
        const parts = namedParts(upload, MultipartUpload?.Parts ?? []);
        const checksums = compositeChecksums(parts, input.ChecksumType);
        requireSameChecksums({ ...input }, checksums);
        const content = {
          body: Buffer.concat(parts.map(({ body }) => body)),
          headers: { ...upload.headers, checksums },
          etag: multipartEtag(parts),
          partSizes: parts.map(({ body }) => body.length),
          tags: tagsOf.get(upload),
        };
        const condition = { ifMatch: IfMatch, ifNoneMatch: IfNoneMatch };
        const version = model.put(Bucket, Key, content, condition);
        uploads.end(upload);
        return {
          Location: `${world.endpoint()}/${Bucket}/${encodeURIComponent(Key)}`,
          Bucket,
          Key,
          ETag: version.etag,
          ...upload.headers.encryption,
          ...versionOf(version),
          ...checksums,
        };
      },
    ),
    AbortMultipartUpload: operation<
      AbortMultipartUploadCommandInput,
      AbortMultipartUploadCommandOutput
    >(['Bucket', 'Key', 'UploadId'], ({ Bucket = '', Key = '', UploadId = '' }) => {
      uploads.end(model.upload(UploadId, Bucket, Key));
      return {};
    }),
    ListParts: operation<ListPartsCommandInput, ListPartsCommandOutput>(
      ['Bucket', 'Key', 'UploadId', 'MaxParts', 'PartNumberMarker'],
      ({ Bucket = '', Key = '', UploadId = '', MaxParts = 1000, PartNumberMarker = '0' }) => {
        const upload = model.upload(UploadId, Bucket, Key);
        const rest = [...upload.parts.values()]
          .sort((a, b) => a.number - b.number)
          .filter(({ number }) => number > Number(PartNumberMarker));
        const shown = rest.slice(0, Math.min(MaxParts, 1000));
        const IsTruncated = rest.length > shown.length;
        return {
          Bucket,
          Key,
          UploadId,
          PartNumberMarker,
          MaxParts: Math.min(MaxParts, 1000),
          IsTruncated,
          ...(IsTruncated && { NextPartNumberMarker: `${shown.at(-1)?.number ?? 0}` }),
          Parts: shown.map(({ number, etag, body, modifiedMs, checksums }) => ({
            PartNumber: number,
            ETag: etag,
            Size: body.length,
            LastModified: new Date(modifiedMs),
            ...checksums,
          })),
          Initiator: owner,
          Owner: owner,
          StorageClass: (upload.headers.storageClass ?? 'STANDARD') as 'STANDARD',
        };
      },
    ),
    ListMultipartUploads: operation<
      ListMultipartUploadsCommandInput,
      ListMultipartUploadsCommandOutput
    >(['Bucket', 'Prefix', 'MaxUploads', 'KeyMarker', 'UploadIdMarker'], (input) => {
      const { Bucket = '', Prefix = '', KeyMarker = '', UploadIdMarker = '' } = input;
      model.bucket(Bucket);
      const MaxUploads = Math.min(input.MaxUploads ?? mostUploads, mostUploads);
      const rest = uploads
        .after(Bucket, KeyMarker, UploadIdMarker)
        .filter(({ key }) => key.startsWith(Prefix));
      const shown = rest.slice(0, MaxUploads);
      const IsTruncated = rest.length > shown.length;
      return {
        Bucket,
        Prefix,
        KeyMarker,
        UploadIdMarker,
        MaxUploads,
        IsTruncated,
        ...(IsTruncated && {
          NextKeyMarker: shown.at(-1)?.key ?? '',
          NextUploadIdMarker: shown.at(-1)?.id ?? '',
        }),
        Uploads: shown.map(({ key, id, initiatedMs, headers }) => ({
          Key: key,
          UploadId: id,
          Initiated: new Date(initiatedMs),
          StorageClass: (headers.storageClass ?? 'STANDARD') as 'STANDARD',
          Owner: owner,
          Initiator: owner,
        })),
      };
    }),
  };
}
