import type { MapState, Workflow } from '../../definition/workflow.ts';
import { runDistributedMap } from '../../map-runs/run-distributed-map.ts';
import { Branch, type MapItem } from '../branch.ts';
import { contextObject } from '../context-object.ts';
import { dataText } from '../data-limit.ts';
import type { Outcome } from '../outcome.ts';
import { effectiveInput, evaluatePath, evaluateTemplate, pathData } from '../path-fields.ts';
import { type Line, runBranch } from '../run-branch.ts';
import { runChildren } from '../run-children.ts';
import type { Visit } from '../visit.ts';
import { fieldValue } from '../work-input.ts';

/** Iterations of an inline Map that run at once when MaxConcurrency is 0 or absent. */
const inlineConcurrency = 40;

/** Runs the ItemProcessor once per item; the result lists the outputs in the items' order. */
export function runMap(visit: Visit<MapState>): Promise<Outcome> {
  const distributed = visit.state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
  return distributed ? runDistributedMap(visit) : runInlineMap(visit);
}

async function runInlineMap(visit: Visit<MapState>): Promise<Outcome> {
  const { state, track, scope, name } = visit;
  const unfinished = visit.resumed ? visit.branch.children : undefined;
  const iterations = unfinished ?? (await freshIterations(visit));
  const concurrency = await maxConcurrency(visit);
  if (!unfinished) {
    track.append(scope, 'MapStateStarted', {
      mapStateStartedEventDetails: { length: iterations.length },
    });
  }
  visit.branch.children = iterations;
  const result = await runChildren(visit, {
    count: iterations.length,
    concurrency,
    run: (index, line) => iterate(visit, iterations[index] as Branch, line),
    succeeded: (index, line) =>
      line.track.append(line.scope, 'MapIterationSucceeded', {
        mapIterationSucceededEventDetails: { name, index },
      }),
    failed: (index, line) =>
      line.track.append(line.scope, 'MapIterationFailed', {
        mapIterationFailedEventDetails: { name, index },
      }),
    aborted: (index, line) =>
      line.track.appendAborted('MapIterationAborted', {
        mapIterationAbortedEventDetails: { name, index },
      }),
  });
  track.appendAside(scope, 'MapStateSucceeded');
  return { output: result, next: state.Next, data: { result }, transform: state };
}

async function freshIterations(visit: Visit<MapState>): Promise<Branch[]> {
  const { branch } = visit;
  const items = await mapItems(visit);
  return items.map((Value: unknown, Index) => {
    const origin = { outer: branch.variables, mapItem: { Index, Value } };
    return new Branch(itemProcessor(visit.state), origin);
  });
}

/** Iterator is what ItemProcessor was called before 2022. */
export function itemProcessor({ ItemProcessor, Iterator: older }: MapState): Workflow {
  return (ItemProcessor ?? older) as Workflow;
}

async function mapItems(visit: Visit<MapState>): Promise<unknown[]> {
  const { state } = visit;
  if (visit.usesJsonPath) {
    const input = effectiveInput(visit);
    const path = state.ItemsPath ?? '$';
    const items = evaluatePath(visit, path, input, () =>
      visit.failure('States.Runtime', `Invalid path '${path}': The path references no value.`),
    );
    if (Array.isArray(items)) return items;
    throw visit.failure('States.Runtime', 'Attempting to map over non-iterable node.');
  }
  const items =
    state.Items === undefined ? visit.input : await visit.evaluate(state.Items, 'Items');
  if (Array.isArray(items)) return items;
  throw visit.failure('States.QueryEvaluationError', "The field 'Items' must be an array.");
}

/** With JSONPath, Parameters is the older name. */
function itemSelector({ state, usesJsonPath }: Visit<MapState>): unknown {
  return state.ItemSelector ?? (usesJsonPath ? state.Parameters : undefined);
}

/** The selector over the state's own input, with the item in the context object. */
async function itemInput(
  visit: Visit<MapState>,
  selector: unknown,
  item: MapItem | undefined,
): Promise<unknown> {
  const context = { ...contextObject(visit), Map: { Item: item } };
  if (!visit.usesJsonPath) return visit.evaluate(selector, 'ItemSelector', { context });
  return evaluateTemplate(visit, selector, pathData(visit, effectiveInput(visit), context));
}

async function iterate(visit: Visit<MapState>, iteration: Branch, line: Line): Promise<unknown> {
  const { name } = visit;
  if (iteration.output) return iteration.output.value;
  const item = iteration.mapItem;
  const details = { name, index: item?.Index ?? 0 };
  if (!iteration.input) {
    line.track.append(line.scope, 'MapIterationStarted', {
      mapIterationStartedEventDetails: details,
    });
    const selector = itemSelector(visit);
    const value = selector === undefined ? item?.Value : await itemInput(visit, selector, item);
    dataText(`The input of iteration ${details.index} of '${name}'`, value);
    iteration.input = { value };
  }
  return runBranch(visit.run, iteration, line);
}

async function maxConcurrency(visit: Visit<MapState>): Promise<number> {
  const limit = (await fieldValue(visit, 'MaxConcurrency')) ?? 0;
  if (Number.isInteger(limit) && Number(limit) >= 0) return Number(limit) || inlineConcurrency;
  throw visit.fieldFailure(
    `The field 'MaxConcurrency' must be a non-negative integer, not ${JSON.stringify(limit)}.`,
  );
}
