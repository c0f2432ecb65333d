import type { MapState } from '../definition/workflow.ts';
import type { Execution } from '../executions/execution.ts';
import { dataText } from '../interpreter/data-limit.ts';
import type { Visit } from '../interpreter/visit.ts';
import { exceedsTolerance, hasFailed, type MapRun, type MapRunChild } from './map-run.ts';
import { thresholdExceeded } from './map-run-failure.ts';

/**
 * Starts or, after a redrive, continues the children that have not succeeded, as many at once as the Map
 * Run allows at that moment. Throws States.ExceedToleratedFailureThreshold, Dropped with the state.
 */
export function runChildExecutions(visit: Visit<MapState>, mapRun: MapRun): Promise<void> {
  const { children: executions } = visit.run;
  const waiting = mapRun.children.filter(({ execution }) => execution?.status !== 'SUCCEEDED');
  for (const { execution } of waiting) if (execution) execution.awaitsRedrive = true;
  const totalItems = mapRun.children.reduce((sum, { itemCount }) => sum + itemCount, 0);
  let next = 0;
  let running = 0;
  let failedItems = 0;
  let over = false;

  return visit.scope.settle((resolve, reject) => {
    const ended = (child: MapRunChild) => {
      running--;
      if (hasFailed(child)) failedItems += child.itemCount;
      advance();
    };
    const begin = (child: MapRunChild) => {
      running++;
      const execution = begun(visit, mapRun, child);
      // A child that cannot be redriven is still the failure that it was.
      execution.onceEnded(() => queueMicrotask(() => ended(child)));
    };
    const advance = () => {
      if (over) return;
      if (exceedsTolerance(mapRun.limits, { failed: failedItems, total: totalItems })) {
        return reject(thresholdExceeded());
      }
      try {
        while (next < waiting.length && running < mapRun.concurrency) {
          begin(waiting[next++] as MapRunChild);
        }
      } catch (error) {
        return reject(error);
      }
      if (running === 0 && next === waiting.length) resolve();
    };
    mapRun.onUpdate = advance;
    advance();
    return () => {
      over = true;
      mapRun.onUpdate = undefined;
      for (const { execution } of waiting) {
        if (execution) execution.awaitsRedrive = false;
        if (execution?.status === 'RUNNING') executions.stop(execution);
      }
    };
  });
}

/** Express children have nothing to go on from: they begin anew (redriving Map Runs page). */
function begun(visit: Visit<MapState>, mapRun: MapRun, child: MapRunChild): Execution {
  const { children } = visit.run;
  const { execution: known, itemCount, input } = child;
  if (known) {
    known.awaitsRedrive = false;
    if (!known.express) {
      children.redrive(known);
      return known;
    }
  }
  const inputText = dataText(`The input of a child execution of '${visit.name}'`, input);
  const { arn: mapRunArn, machine } = mapRun;
  child.execution = children.start({ machine, inputText, mapRunArn, itemCount });
  return child.execution;
}
