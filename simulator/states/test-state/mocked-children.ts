import type { MapState, ParallelState } from '../definition/workflow.ts';
import type { Outcome } from '../interpreter/outcome.ts';
import { effectiveInput, evaluatePath } from '../interpreter/path-fields.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';
import { fieldValue, workInput } from '../interpreter/work-input.ts';
import { childInputs } from '../map-runs/batch-items.ts';
import { datasetItems, jsonItems } from '../map-runs/dataset.ts';
import { limitField } from '../map-runs/limit-field.ts';
import { exceedsTolerance } from '../map-runs/map-run.ts';
import { thresholdExceeded } from '../map-runs/map-run-failure.ts';
import type { SourcedItem } from '../map-runs/read-items.ts';
import { selectItems } from '../map-runs/select-items.ts';
import type { Trial } from './trial.ts';

/** A Parallel state whose branches are not run: the mock says what they come to. */
export async function mockedParallel(visit: Visit<ParallelState>, trial: Trial): Promise<Outcome> {
  await workInput(visit);
  return mockedOutcome(visit, trial);
}

/** A Map state whose iterations are not run: its items are looked at, the mock says what they come to. */
export async function mockedMap(visit: Visit<MapState>, trial: Trial): Promise<Outcome> {
  const items = await trialItems(visit, trial);
  const { state } = visit;
  const limits = {
    maxConcurrency: Number((await fieldValue(visit, 'MaxConcurrency')) ?? 0),
    ...(await tolerance(visit, 'ToleratedFailureCount', 'toleratedFailureCount')),
    ...(await tolerance(visit, 'ToleratedFailurePercentage', 'toleratedFailurePercentage')),
  };
  trial.noteLimits(limits);
  if (items) {
    const selected = await selectItems(visit, items);
    if (state.ItemSelector !== undefined) trial.note('afterItemSelector', selected);
    if (state.ItemBatcher) {
      const batches = (await childInputs(visit, selected)).map(({ input }) => input);
      trial.note('afterItemBatcher', batches);
    }
  }
  const outcome = mockedOutcome(visit, trial);
  const { mapIterationFailureCount: failed = 0 } = trial.configuration;
  // Without a threshold the count changes nothing (recorded AWS answers).
  if (!('toleratedFailureCount' in limits) && !('toleratedFailurePercentage' in limits)) {
    return outcome;
  }
  const { toleratedFailureCount = 0, toleratedFailurePercentage = 0, maxConcurrency } = limits;
  const run = { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage };
  if (!exceedsTolerance(run, { failed, total: items?.length ?? failed })) return outcome;
  throw thresholdExceeded();
}

function mockedOutcome(visit: Visit<ParallelState> | Visit<MapState>, { mock }: Trial): Outcome {
  if (mock?.kind === 'error') throw new StatesError(mock.error, mock.cause);
  const { state } = visit;
  const result = mock?.result ?? null;
  return { output: result, next: state.Next, data: { result }, transform: state };
}

async function tolerance(
  visit: Visit<MapState>,
  field: 'ToleratedFailureCount' | 'ToleratedFailurePercentage',
  name: 'toleratedFailureCount' | 'toleratedFailurePercentage',
): Promise<{ toleratedFailureCount?: number; toleratedFailurePercentage?: number }> {
  const value = await limitField(visit, visit.state, field, '', { fraction: true });
  return value === undefined ? {} : { [name]: value };
}

/** Undefined where an ItemReader would read them and the caller gives no data. */
async function trialItems(
  visit: Visit<MapState>,
  trial: Trial,
): Promise<SourcedItem[] | undefined> {
  const { state } = visit;
  const { mapItemReaderData: data } = trial.configuration;
  const input = visit.usesJsonPath ? effectiveInput(visit) : visit.input;
  if (state.ItemReader) {
    if (data === undefined) return undefined;
    const { ReaderConfig: config = {} } = state.ItemReader;
    const listed = config.InputType === undefined ? { InputType: 'JSON' } : config;
    return datasetItems(data, listed).map((item) => ({ ...item, source: 'STATE_DATA' }));
  }
  if (!visit.usesJsonPath) {
    const items = state.Items === undefined ? input : await visit.evaluate(state.Items, 'Items');
    if (Array.isArray(items)) return sourced(items);
    throw visit.failure('States.QueryEvaluationError', "The field 'Items' must be an array.");
  }
  const { ItemsPath: path = '$' } = state;
  const found = evaluatePath(visit, path, input, () =>
    visit.failure('States.Runtime', `Invalid path '${path}': The path references no value.`),
  );
  // TestState's own words, with the context object's path as `$` (recorded AWS answers).
  if (!Array.isArray(found)) {
    const shown = path.replace(/^\$\$/, '$');
    throw new StatesError('States.Runtime', `Reference path "${shown}" must point to array.`);
  }
  trial.note('afterItemsPath', found);
  return sourced(found);
}

function sourced(items: unknown): SourcedItem[] {
  return jsonItems(items).map((item) => ({ ...item, source: 'STATE_DATA' }));
}
