import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Records, VersionedDocument } from '../core/ports/records.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { sideClientSettings } from './client-settings.ts';
import { once } from './once.ts';

type WriteCondition = Pick<PutObjectCommandInput, 'IfNoneMatch' | 'IfMatch'>;

/**
 * 412 for a condition that does not hold, 404 for If-Match on nothing, 409 for another write at the same moment (S3
 * user guide, "How to prevent object overwrites with conditional writes"): each time somebody else is at it.
 */
const changedNames = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

export const s3Client = once(() => new S3Client(sideClientSettings));

/** Records as JSON objects of one bucket. */
export function s3Records(client: S3Client, bucket: string, signal?: AbortSignal): Records {
  const options = signal === undefined ? {} : { abortSignal: signal };

  async function readVersion(key: string): Promise<VersionedDocument | undefined> {
    const attempt = { action: 's3:GetObject', resource: `${bucket}/${key}` };
    try {
      return await callAws(attempt, async () => {
        const output = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
          options,
        );
        const text = await output.Body?.transformToString();
        return text === undefined
          ? undefined
          : { document: JSON.parse(text), version: output.ETag ?? '' };
      });
    } catch (error) {
      if (awsErrorName(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async function put(key: string, document: unknown, condition: WriteCondition): Promise<void> {
    await callAws({ action: 's3:PutObject', resource: `${bucket}/${key}` }, () =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify(document, undefined, 2),
          ContentType: 'application/json',
          ...condition,
        }),
        options,
      ),
    );
  }

  return {
    readVersion,

    async read(key) {
      return (await readVersion(key))?.document;
    },

    async write(key, document) {
      await put(key, document, {});
    },

    async writeUnlessChanged(key, document, version) {
      const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version };
      try {
        await put(key, document, condition);
        return 'written';
      } catch (error) {
        if (changedNames.includes(awsErrorName(error) ?? '')) return 'changed';
        throw error;
      }
    },

    async list(prefix) {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page = await callAws({ action: 's3:ListBucket', resource: bucket }, () =>
          client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
            options,
          ),
        );
        for (const object of page.Contents ?? []) if (object.Key) keys.push(object.Key);
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
      return keys;
    },
  };
}
