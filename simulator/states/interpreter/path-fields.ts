import { IntrinsicError } from '../query/jsonpath/intrinsics/arguments.ts';
import { MissingPath, type PathData } from '../query/jsonpath/json-path-language.ts';
import { contextObject } from './context-object.ts';
import type { StatesError } from './states-error.ts';
import type { Visit } from './visit.ts';

/** What `$`, `$$` and `$name` stand for in a field of this state. */
export function pathData(visit: Visit, root: unknown, context = contextObject(visit)): PathData {
  return { root, context, variables: visit.branch.variables.visible() };
}

/** InputPath applied: what a JSONPath state works with. */
export function effectiveInput(visit: Visit): unknown {
  const path = 'InputPath' in visit.state ? visit.state.InputPath : undefined;
  const input = throughPath(visit, path, visit.input);
  visit.run.trial?.note('afterInputPath', input);
  return input;
}

/** InputPath or OutputPath: absent means everything, null means `{}`. */
export function throughPath(visit: Visit, path: string | null | undefined, root: unknown): unknown {
  if (path === undefined) return root;
  if (path === null) return {};
  return evaluatePath(visit, path, root, () =>
    // Seen in recorded AWS answers.
    visit.failure(
      'States.Runtime',
      `Invalid path '${path}' : No results for path: ${bracketed(path)}`,
    ),
  );
}

/** The value of a path or intrinsic function; `missing` says what to throw when it names nothing. */
export function evaluatePath(
  visit: Visit,
  path: string,
  root: unknown,
  missing: () => StatesError,
): unknown {
  try {
    return visit.run.paths.expression(path, pathData(visit, root));
  } catch (error) {
    if (error instanceof MissingPath) throw missing();
    throw intrinsicFailure(visit, error);
  }
}

/** A payload template: Parameters, ResultSelector, ItemSelector, Assign. */
export function evaluateTemplate(visit: Visit, template: unknown, data: PathData): unknown {
  let field = '';
  try {
    return visit.run.paths.template(template, data, (member) => {
      field = member;
    });
  } catch (error) {
    if (error instanceof MissingPath) {
      const searched = JSON.stringify(error.searched);
      throw visit.failure(
        visit.run.world.settings.missingPathError,
        `The JSONPath '${error.path}' specified for the field '${field}' could not be found in the input '${searched}'`,
      );
    }
    throw intrinsicFailure(visit, error);
  }
}

function intrinsicFailure(visit: Visit, error: unknown): unknown {
  if (!(error instanceof IntrinsicError)) return error;
  return visit.failure('States.IntrinsicFailure', error.message);
}

/** `$.a.b` as the library behind AWS prints it: `$['a']['b']`. */
function bracketed(path: string): string {
  return path.replace(/\.([^.[\]]+)/g, "['$1']");
}
