import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Arena } from './arena.ts';
import { parse, text } from './observe-executions.ts';
import type { ObservedOutcome } from './reality.ts';

/** Keys of the records that say how a push ended. */
export async function listOutcomeKeys({ aws, names }: Arena): Promise<string[]> {
  const { recordsBucket: Bucket } = names;
  const { service } = names.target;
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await aws.s3.send(
      new ListObjectsV2Command({
        Bucket,
        Prefix: 'pushes/',
        ...(ContinuationToken && { ContinuationToken }),
      }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys.filter((key) =>
    new RegExp(`^pushes/(?!starts/|retags/)[^/]+/${service}\\.json$`).test(key),
  );
}

export function observeOutcomes(arena: Arena, keys: readonly string[]): Promise<ObservedOutcome[]> {
  return Promise.all(
    keys.map(async (key) => {
      const record = await readRecord(arena, key);
      const { redriveCount } = record as { redriveCount?: unknown };
      return {
        key,
        outcome: text(record, 'outcome'),
        reason: text(record, 'reason'),
        digest: text(record, 'digest'),
        executionName: text(record, 'executionName'),
        redriveCount: Number(redriveCount ?? 0),
        deploymentId: text(record, 'deploymentId') || undefined,
      };
    }),
  );
}

/** A record, an empty object when there is none. */
export async function readRecord({ aws, names }: Arena, key: string): Promise<object> {
  try {
    const { Body } = await aws.s3.send(
      new GetObjectCommand({ Bucket: names.recordsBucket, Key: key }),
    );
    const record = parse(await Body?.transformToString());
    return typeof record === 'object' && record !== null ? record : {};
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return {};
    throw error;
  }
}
