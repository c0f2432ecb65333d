import { type Diagnostic, problem } from './diagnostic.ts';
import { isDistributedMap } from './distributed-map.ts';
import { isObject } from './located-states.ts';

type Names = ReadonlySet<string>;

/**
 * A branch or an iteration reads the variables of the states around it and must not assign one of their
 * names; a distributed Map's children see none of them (workflow variables page, variable scope).
 */
export function checkVariableScopes(definition: unknown): Diagnostic[] {
  return scope(definition, '', new Set());
}

function scope(workflow: unknown, at: string, outer: Names): Diagnostic[] {
  if (!isObject(workflow) || !isObject(workflow.States)) return [];
  const states = Object.entries(workflow.States).flatMap(([name, state]) =>
    isObject(state) ? [{ state, location: `${at}/States/${name}` }] : [],
  );
  const assigned = states.flatMap(({ state, location }) => assignments(state, location));
  const visible = new Set([...outer, ...assigned.map(({ name }) => name)]);
  return [
    ...assigned
      .filter(({ name }) => outer.has(name))
      .map(({ name, location }) =>
        problem(
          'SCHEMA_VALIDATION_FAILED',
          `Variable '${name}' is assigned in an outer scope already`,
          location,
        ),
      ),
    ...states.flatMap(({ state, location }) => {
      const branches = Array.isArray(state.Branches) ? state.Branches : [];
      const inner = isDistributedMap(state) ? new Set<string>() : visible;
      return [
        ...branches.flatMap((branch, index) =>
          scope(branch, `${location}/Branches[${index}]`, visible),
        ),
        ...scope(state.ItemProcessor, `${location}/ItemProcessor`, inner),
        ...scope(state.Iterator, `${location}/Iterator`, visible),
      ];
    }),
  ];
}

/** Names in the Assign of a state, of its Choice Rules and of its Catchers. */
function assignments(state: Readonly<Record<string, unknown>>, location: string) {
  const holders = [
    { holder: state, at: location },
    ...(['Choices', 'Catch'] as const).flatMap((field) => {
      const entries = Array.isArray(state[field]) ? state[field] : [];
      return entries.map((holder: unknown, index: number) => ({
        holder,
        at: `${location}/${field}[${index}]`,
      }));
    }),
  ];
  return holders.flatMap(({ holder, at }) => {
    const names = isObject(holder) && isObject(holder.Assign) ? Object.keys(holder.Assign) : [];
    return names.map((name) => ({ name: name.replace(/\.\$$/, ''), location: `${at}/Assign` }));
  });
}
