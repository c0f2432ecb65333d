import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeMapRunCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { serviceWorld } from './service-world.ts';

export const s3 = (action: string) => `arn:aws:states:::s3:${action}`;

export interface ProcessorFields {
  readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
}

/** A distributed Map over these states, the first of which starts. */
export function distributed(states: object, fields: object = {}, config: ProcessorFields = {}) {
  return {
    Work: {
      Type: 'Map',
      Label: 'Items',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD', ...config },
        StartAt: Object.keys(states)[0],
        States: states,
      },
      End: true,
      ...fields,
    },
  };
}

/** Fails for the item that says so, hands every other one on. */
export const failingOn = (path: string, value: string) => ({
  Look: {
    Type: 'Choice',
    Choices: [{ Variable: path, StringEquals: value, Next: 'Bad' }],
    Default: 'Good',
  },
  Bad: { Type: 'Fail', Error: 'Item.Bad', Cause: 'told to' },
  Good: { Type: 'Pass', End: true },
});

/** A whole simulator with a bucket `data` and a role that may do what distributed Maps do. */
export async function mapWorld() {
  const base = await serviceWorld();
  const bucket = base.client(S3Client as new (config: object) => S3Client);
  // Addresses of buckets by name would need names that resolve.
  bucket.config.forcePathStyle = true;
  await bucket.send(new CreateBucketCommand({ Bucket: 'data' }));
  const role = await base.role('mapping', ['s3:*', 'states:*']);
  const put = (Key: string, Body: string) =>
    bucket.send(new PutObjectCommand({ Bucket: 'data', Key, Body }));
  const get = async (Key: string) => {
    const { Body } = await bucket.send(new GetObjectCommand({ Bucket: 'data', Key }));
    return (await Body?.transformToString()) ?? '';
  };
  const mapRunOf = async (executionArn = '') => {
    const { mapRuns = [] } = await base.sfn.send(new ListMapRunsCommand({ executionArn }));
    const { $metadata: _, ...run } = await base.sfn.send(
      new DescribeMapRunCommand({ mapRunArn: mapRuns[0]?.mapRunArn }),
    );
    return run;
  };
  return { ...base, role, roleWith: base.role, put, get, mapRunOf };
}
