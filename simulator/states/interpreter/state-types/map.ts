import type { MapState } from '../../definition/workflow.ts';
import { Branch } from '../branch.ts';
import { contextObject } from '../context-object.ts';
import { dataText } from '../data-limit.ts';
import type { Outcome } from '../outcome.ts';
import { type Line, runBranch } from '../run-branch.ts';
import { runChildren } from '../run-children.ts';
import type { Visit } from '../visit.ts';

/** Iterations of an inline Map that run at once when MaxConcurrency is 0 or absent. */
const inlineConcurrency = 40;

/** Runs the ItemProcessor once per item; the result lists the outputs in the items' order. */
export async function runMap(visit: Visit<MapState>): Promise<Outcome> {
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
    failed: (index, line) =>
      line.track.append(line.scope, 'MapIterationFailed', {
        mapIterationFailedEventDetails: { name, index },
      }),
    aborted: (index, line) =>
      line.track.appendAborted('MapIterationAborted', {
        mapIterationAbortedEventDetails: { name, index },
      }),
  });
  track.append(scope, 'MapStateSucceeded');
  return { output: result, next: state.Next, data: { result }, transform: state };
}

async function freshIterations(visit: Visit<MapState>): Promise<Branch[]> {
  const { state, branch } = visit;
  const items =
    state.Items === undefined ? visit.input : await visit.evaluate(state.Items, 'Items');
  if (!Array.isArray(items)) {
    throw visit.failure('States.QueryEvaluationError', "The field 'Items' must be an array.");
  }
  return items.map((Value: unknown, Index) => {
    return new Branch(state.ItemProcessor, { outer: branch.variables, mapItem: { Index, Value } });
  });
}

async function iterate(visit: Visit<MapState>, iteration: Branch, line: Line): Promise<unknown> {
  const { name, state } = visit;
  if (iteration.output) return iteration.output.value;
  const item = iteration.mapItem;
  const details = { name, index: item?.Index ?? 0 };
  if (!iteration.input) {
    line.track.append(line.scope, 'MapIterationStarted', {
      mapIterationStartedEventDetails: details,
    });
    const context = { ...contextObject(visit), Map: { Item: item } };
    const value =
      state.ItemSelector === undefined
        ? item?.Value
        : await visit.evaluate(state.ItemSelector, 'ItemSelector', { context });
    dataText(`The input of iteration ${details.index} of '${name}'`, value);
    iteration.input = { value };
  }
  const output = await runBranch(visit.run, iteration, line);
  line.track.append(line.scope, 'MapIterationSucceeded', {
    mapIterationSucceededEventDetails: details,
  });
  return output;
}

async function maxConcurrency(visit: Visit<MapState>): Promise<number> {
  const limit = await visit.evaluate(visit.state.MaxConcurrency ?? 0, 'MaxConcurrency');
  if (Number.isInteger(limit) && Number(limit) >= 0) return Number(limit) || inlineConcurrency;
  throw visit.failure(
    'States.QueryEvaluationError',
    `The field 'MaxConcurrency' must be a non-negative integer, not ${JSON.stringify(limit)}.`,
  );
}
