import type {
  DeleteObjectTaggingCommandInput,
  DeleteObjectTaggingCommandOutput,
  GetObjectTaggingCommandInput,
  GetObjectTaggingCommandOutput,
  PutObjectTaggingCommandInput,
  PutObjectTaggingCommandOutput,
} from '@aws-sdk/client-s3';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { S3Model } from './model.ts';
import { checkedTags } from './object-headers.ts';
import { versionOf } from './object-operations.ts';
import type { ObjectVersion } from './object-version.ts';
import { requireVersion } from './require-version.ts';

/** Tags of objects. */
export function taggingOperations(model: S3Model): Record<string, WireOperation> {
  const find = (input: GetObjectTaggingCommandInput): ObjectVersion => {
    const { Bucket = '', Key = '', VersionId } = input;
    return requireVersion(model.bucket(Bucket), Key, VersionId);
  };
  return {
    GetObjectTagging: operation<GetObjectTaggingCommandInput, GetObjectTaggingCommandOutput>(
      ['Bucket', 'Key', 'VersionId'],
      (input) => {
        const object = find(input);
        const TagSet = [...(object.tags ?? [])].map(([Key, Value]) => ({ Key, Value }));
        return { ...versionOf(object), TagSet };
      },
    ),
    PutObjectTagging: operation<PutObjectTaggingCommandInput, PutObjectTaggingCommandOutput>(
      ['Bucket', 'Key', 'VersionId', 'Tagging', 'ContentMD5', 'ChecksumAlgorithm'],
      (input) => {
        const object = find(input);
        const tags = input.Tagging?.TagSet ?? [];
        object.tags = checkedTags(tags.map(({ Key = '', Value = '' }) => [Key, Value] as const));
        return versionOf(object);
      },
    ),
    DeleteObjectTagging: operation<
      DeleteObjectTaggingCommandInput,
      DeleteObjectTaggingCommandOutput
    >(['Bucket', 'Key', 'VersionId'], (input) => {
      const object = find(input);
      object.tags = undefined;
      return versionOf(object);
    }),
  };
}
