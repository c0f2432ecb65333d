import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Records } from '../core/ports/records.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { sideClientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const s3Client = once(() => new S3Client(sideClientSettings));

/** Records as JSON objects of one bucket. */
export function s3Records(client: S3Client, bucket: string, signal?: AbortSignal): Records {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async read(key) {
      const attempt = { action: 's3:GetObject', resource: `${bucket}/${key}` };
      try {
        const text = await callAws(attempt, async () => {
          const output = await client.send(
            new GetObjectCommand({ Bucket: bucket, Key: key }),
            options,
          );
          return output.Body?.transformToString();
        });
        return text === undefined ? undefined : JSON.parse(text);
      } catch (error) {
        if (awsErrorName(error) === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    async write(key, document) {
      await callAws({ action: 's3:PutObject', resource: `${bucket}/${key}` }, () =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: JSON.stringify(document, undefined, 2),
            ContentType: 'application/json',
          }),
          options,
        ),
      );
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
