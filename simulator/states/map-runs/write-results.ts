import type { MapState, ResultWriter } from '../definition/workflow.ts';
import { effectiveInput, evaluateTemplate, pathData } from '../interpreter/path-fields.ts';
import type { Visit } from '../interpreter/visit.ts';
import { hasFailed, type MapRun } from './map-run.ts';
import { callProblem, resultWriterFailed } from './map-run-failure.ts';
import { pendingRecord, transformed } from './result-records.ts';

interface Destination {
  readonly Bucket: string;
  readonly Prefix: string;
}

interface ResultFile {
  readonly Key: string;
  readonly Size: number;
}

/**
 * What the Map state comes to: the children's outputs in order or, exported with a ResultWriter, where the
 * manifest of the result files is (ResultWriter page). Throws States.ResultWriterFailed.
 */
export async function writeResults(visit: Visit<MapState>, mapRun: MapRun): Promise<unknown> {
  const { ResultWriter: writer } = visit.state;
  const nowMs = visit.run.world.clock.now();
  if (writer?.Resource !== undefined) return exportResults(visit, mapRun, writer);
  const { Transformation = 'COMPACT', OutputType } = writer?.WriterConfig ?? {};
  const results = transformed(mapRun.children, Transformation, nowMs);
  mapRun.resultsWritten = true;
  return OutputType === 'JSONL' ? jsonLines(results) : results;
}

/** Of a Map Run that failed: its files are written as well, those of children never started included. */
export async function exportResults(
  visit: Visit<MapState>,
  mapRun: MapRun,
  writer: ResultWriter,
): Promise<object> {
  const { Bucket, Prefix } = await destination(visit, writer);
  const { Transformation = 'NONE', OutputType = 'JSON' } = writer.WriterConfig ?? {};
  const nowMs = visit.run.world.clock.now();
  const folder = `${Prefix}${Prefix === '' || Prefix.endsWith('/') ? '' : '/'}${mapRun.id}`;
  const { children } = mapRun;
  const write = async (name: string, results: readonly unknown[]): Promise<ResultFile[]> => {
    if (results.length === 0) return [];
    const lines = OutputType === 'JSONL';
    const Key = `${folder}/${name}_0.${lines ? 'jsonl' : 'json'}`;
    const Body = lines ? jsonLines(results) : JSON.stringify(results);
    await put(visit, { Bucket, Key, Body });
    return [{ Key, Size: Buffer.byteLength(Body, 'utf8') }];
  };
  const succeeded = children.filter(({ execution }) => execution?.status === 'SUCCEEDED');
  const unstarted = children.filter(({ execution }) => !execution);
  const ResultFiles = {
    FAILED: await write('FAILED', transformed(children.filter(hasFailed), 'NONE', nowMs)),
    PENDING: await write(
      'PENDING',
      unstarted.map((child) => pendingRecord(child, mapRun.machine.arn)),
    ),
    SUCCEEDED: await write('SUCCEEDED', transformed(succeeded, Transformation, nowMs)),
  };
  const manifest = { DestinationBucket: Bucket, MapRunArn: mapRun.arn, ResultFiles };
  const Key = `${folder}/manifest.json`;
  await put(visit, { Bucket, Key, Body: JSON.stringify(manifest) });
  mapRun.resultsWritten = true;
  return { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket, Key } };
}

async function destination(visit: Visit<MapState>, writer: ResultWriter): Promise<Destination> {
  const given = visit.usesJsonPath
    ? evaluateTemplate(visit, writer.Parameters ?? {}, pathData(visit, effectiveInput(visit)))
    : await visit.evaluate(writer.Arguments ?? {}, 'ResultWriter/Arguments');
  const { Bucket, Prefix = '' } = given as Partial<Destination>;
  if (typeof Bucket === 'string' && typeof Prefix === 'string') return { Bucket, Prefix };
  throw resultWriterFailed('The ResultWriter needs a Bucket and may have a Prefix, both texts');
}

async function put({ run, scope }: Visit<MapState>, parameters: object): Promise<void> {
  const { roleArn } = run.execution.machine;
  try {
    await run.calls.call({ service: 's3', operation: 'PutObject', parameters, roleArn });
  } catch (error) {
    throw resultWriterFailed(callProblem(error));
  } finally {
    scope.throwIfDropped();
  }
}

function jsonLines(results: readonly unknown[]): string {
  return results.map((result) => JSON.stringify(result)).join('\n');
}
