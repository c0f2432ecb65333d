import type { MapState } from '../definition/workflow.ts';
import { dataText } from '../interpreter/data-limit.ts';
import type { Outcome } from '../interpreter/outcome.ts';
import { effectiveInput, evaluatePath } from '../interpreter/path-fields.ts';
import { Dropped } from '../interpreter/scope.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';
import { childInputs } from './batch-items.ts';
import { limitField } from './limit-field.ts';
import type { MapRun, MapRunLimits } from './map-run.ts';
import { readItems, type SourcedItem, stateItems } from './read-items.ts';
import { requireStartPermission } from './require-start-permission.ts';
import { runChildExecutions } from './run-child-executions.ts';
import { selectItems } from './select-items.ts';
import { exportResults, writeResults } from './write-results.ts';

/** A Map state whose iterations are executions of their own: a Map Run (distributed mode page). */
export async function runDistributedMap(visit: Visit<MapState>): Promise<Outcome> {
  const { state, track, scope, branch } = visit;
  const known = visit.resumed ? branch.mapRun : undefined;
  const { mapRun, items = undefined } = known
    ? { mapRun: redriven(visit, known) }
    : await started(visit);
  branch.mapRun = mapRun;
  const { clock } = visit.run.world;
  const forget = scope.onDrop(() => mapRun.end('ABORTED', clock.now()));
  try {
    if (!mapRun.itemsKnown) await addChildren(visit, mapRun, items);
    await runChildExecutions(visit, mapRun);
    const result = await writeResults(visit, mapRun);
    dataText(`The result of the Map state '${visit.name}'`, result);
    mapRun.end('SUCCEEDED', clock.now());
    track.appendAside(scope, 'MapRunSucceeded');
    track.appendAside(scope, 'MapStateSucceeded');
    return { output: result, next: state.Next, data: { result }, transform: state };
  } catch (error) {
    throw await ended(visit, mapRun, error);
  } finally {
    forget();
  }
}

/** Writes what the history says of the end of a Map Run that did not succeed; returns what to throw. */
async function ended(visit: Visit<MapState>, mapRun: MapRun, error: unknown): Promise<unknown> {
  const { track, scope, run } = visit;
  if (error instanceof Dropped) {
    if (error.reason === 'sibling') track.appendAborted('MapRunAborted');
    return error;
  }
  mapRun.end('FAILED', run.world.clock.now());
  if (!(error instanceof StatesError)) return error;
  const { ResultWriter: writer } = visit.state;
  const files = error.error === 'States.ExceedToleratedFailureThreshold' && writer?.Resource;
  // What cannot be written then is no second failure.
  if (files) await exportResults(visit, mapRun, writer).catch(() => undefined);
  track.append(scope, 'MapRunFailed', { mapRunFailedEventDetails: error.eventDetails });
  visit.failedChild = error;
  return error;
}

async function started(
  visit: Visit<MapState>,
): Promise<{ mapRun: MapRun; items: SourcedItem[] | undefined }> {
  const { state, track, scope, run, name } = visit;
  const limits = await mapRunLimits(visit);
  const items = state.ItemReader ? undefined : await ownItems(visit);
  track.append(scope, 'MapStateStarted', {
    // Not known yet when they are still to be read (recorded AWS answers).
    mapStateStartedEventDetails: { length: items?.length ?? 0 },
  });
  const mapRun = run.mapRuns.create(run.execution, name, state, limits);
  track.append(scope, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: mapRun.arn } });
  return { mapRun, items };
}

function redriven({ track, scope, run }: Visit<MapState>, mapRun: MapRun): MapRun {
  mapRun.beginAgain(run.world.clock.now());
  const { arn: mapRunArn, redriveCount } = mapRun;
  track.append(scope, 'MapRunRedriven', {
    mapRunRedrivenEventDetails: { mapRunArn, redriveCount },
  });
  return mapRun;
}

async function addChildren(
  visit: Visit<MapState>,
  mapRun: MapRun,
  own: SourcedItem[] | undefined,
): Promise<void> {
  requireStartPermission(visit);
  const { ItemReader: reader } = visit.state;
  const items = own ?? (reader ? await readItems(visit, reader) : await ownItems(visit));
  const inputs = await childInputs(visit, await selectItems(visit, items));
  for (const input of inputs) mapRun.children.push({ ...input, execution: undefined });
  mapRun.itemsKnown = true;
}

/** Items or ItemsPath: a list, or an object whose members are iterated over (Map state page). */
async function ownItems(visit: Visit<MapState>): Promise<SourcedItem[]> {
  const data = await itemData(visit);
  if (typeof data === 'object' && data !== null) return stateItems(data);
  if (!visit.usesJsonPath) {
    throw visit.failure(
      'States.QueryEvaluationError',
      "The field 'Items' must be an array or an object.",
    );
  }
  throw visit.failure('States.Runtime', 'Attempting to map over non-iterable node.');
}

function itemData(visit: Visit<MapState>): unknown {
  const { Items, ItemsPath: path = '$' } = visit.state;
  if (!visit.usesJsonPath) {
    return Items === undefined ? visit.input : visit.evaluate(Items, 'Items');
  }
  return evaluatePath(visit, path, effectiveInput(visit), () =>
    visit.failure('States.Runtime', `Invalid path '${path}': The path references no value.`),
  );
}

async function mapRunLimits(visit: Visit<MapState>): Promise<MapRunLimits> {
  const limit = async (field: string, options?: { most: number; fraction: boolean }) =>
    (await limitField(visit, visit.state, field, '', options)) ?? 0;
  return {
    maxConcurrency: await limit('MaxConcurrency'),
    toleratedFailureCount: await limit('ToleratedFailureCount'),
    toleratedFailurePercentage: await limit('ToleratedFailurePercentage', {
      most: 100,
      fraction: true,
    }),
  };
}
