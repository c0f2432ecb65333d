import { parsePath } from '../query/jsonpath/parse-path.ts';
import { ReferenceMismatch, setReference } from '../query/jsonpath/set-reference.ts';
import type { Transition } from './leave-state.ts';
import type { Outcome } from './outcome.ts';
import { evaluateTemplate, pathData, throughPath } from './path-fields.ts';
import type { Visit } from './visit.ts';

const withResult: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map', 'Pass']);

/**
 * Assign, then ResultSelector, ResultPath and OutputPath. Assign sees the result as it came, before
 * ResultSelector; a Catcher's output goes through its own ResultPath alone (variables and input/output
 * pages).
 */
export function applyJsonPathOutcome(visit: Visit, outcome: Outcome): Transition {
  const { transform, output: result, next } = outcome;
  const assigned =
    transform.Assign === undefined
      ? {}
      : (evaluateTemplate(visit, transform.Assign, pathData(visit, result)) as object);
  return { output: outputOf(visit, outcome, result), next, assigned: { ...assigned } };
}

function outputOf(visit: Visit, { transform, data }: Outcome, result: unknown): unknown {
  if (data?.errorOutput !== undefined) {
    const { ResultPath } = transform as { ResultPath?: string | null };
    return merge(visit, ResultPath, result);
  }
  const { state } = visit;
  const fields = state as { ResultSelector?: unknown; ResultPath?: string | null };
  let output = result;
  if (withResult.has(state.Type)) {
    if (fields.ResultSelector !== undefined) {
      output = evaluateTemplate(visit, fields.ResultSelector, pathData(visit, result));
    }
    visit.run.trial?.note('afterResultSelector', output);
    output = merge(visit, fields.ResultPath, output);
    visit.run.trial?.note('afterResultPath', output);
  }
  return throughPath(visit, 'OutputPath' in state ? state.OutputPath : undefined, output);
}

/** ResultPath: `$` or absent replaces the raw input, null keeps it, a Reference Path adds to it. */
function merge(visit: Visit, path: string | null | undefined, result: unknown): unknown {
  if (path === null) return visit.input;
  if (path === undefined) return result;
  try {
    return setReference(visit.input, parsePath(path), result);
  } catch (error) {
    if (!(error instanceof ReferenceMismatch)) throw error;
    throw visit.failure(
      'States.ResultPathMatchFailure',
      `Unable to apply ReferencePath ${path} to input ${JSON.stringify(visit.input)}`,
    );
  }
}
