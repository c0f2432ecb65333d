import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject } from './located-states.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Where states lead: targets that do not exist, states that nothing leads to, and a machine without an
 * end. AWS's answers as recorded in floci-io/floci pull request 2786: a machine without any terminal
 * state is refused once, without a location and without a word about unreachable states; loops inside
 * branches, and loops beside a terminal state, are taken.
 */
export function checkTransitions(definition: Fields): Diagnostic[] {
  const endless = !Object.values(statesOf(definition)).some(isTerminal);
  const found = checkScope(definition, '', { reachability: !endless });
  if (!endless) return found;
  return [
    ...found,
    { severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' },
  ];
}

function checkScope(
  scope: Fields,
  at: string,
  { reachability }: { readonly reachability: boolean },
): Diagnostic[] {
  const states = statesOf(scope);
  const transitions = Object.entries(states).flatMap(([name, state]) =>
    leavings(state, `${at}/States/${name}`).map((leaving) => ({ from: name, ...leaving })),
  );
  const entry = { to: scope.StartAt, location: `${at}/StartAt` };
  const dangling = [entry, ...transitions].filter(
    ({ to }) => typeof to === 'string' && !Object.hasOwn(states, to),
  );
  const reached = reach(entry.to, transitions);
  const lost = Object.keys(states).filter((name) => reachability && !reached.has(name));
  return [
    ...dangling.map(({ to, location }) => missing(`Missing 'Next' target: ${to}`, location)),
    ...lost.map((name) => missing(`State "${name}" is not reachable.`, `${at}/States/${name}`)),
    ...Object.entries(states).flatMap(([name, state]) =>
      innerScopes(state, `${at}/States/${name}`).flatMap(({ inner, location }) =>
        checkScope(inner, location, { reachability: true }),
      ),
    ),
  ];
}

function reach(
  start: unknown,
  transitions: readonly { from: string; to: unknown }[],
): Set<unknown> {
  const reached = new Set<unknown>();
  const next = [start];
  while (next.length > 0) {
    const name = next.pop();
    if (reached.has(name)) continue;
    reached.add(name);
    next.push(...transitions.filter(({ from }) => from === name).map(({ to }) => to));
  }
  return reached;
}

function leavings(state: Fields, at: string): { to: unknown; location: string }[] {
  const listed = (['Choices', 'Catch'] as const).flatMap((field) => {
    const entries = state[field];
    if (!Array.isArray(entries) || !leavesBy(state, field)) return [];
    return entries.map((entry: unknown, index: number) => ({
      to: isObject(entry) ? entry.Next : undefined,
      location: `${at}/${field}[${index}]/Next`,
    }));
  });
  const direct = (['Next', 'Default'] as const).map((field) => ({
    to: leavesBy(state, field) ? state[field] : undefined,
    location: `${at}/${field}`,
  }));
  return [...direct, ...listed].filter(({ to }) => to !== undefined);
}

/** Fields that a state's type does not have lead nowhere; they are refused by their own names. */
function leavesBy({ Type }: Fields, field: 'Next' | 'Default' | 'Choices' | 'Catch'): boolean {
  if (field === 'Choices' || field === 'Default') return Type === 'Choice';
  if (field === 'Catch') return Type === 'Task' || Type === 'Parallel' || Type === 'Map';
  return Type !== 'Choice' && Type !== 'Succeed' && Type !== 'Fail';
}

function isTerminal({ Type, End }: Fields): boolean {
  return Type === 'Succeed' || Type === 'Fail' || End === true;
}

function innerScopes(state: Fields, at: string): { inner: Fields; location: string }[] {
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  return [
    ...branches.map((inner: unknown, index) => ({ inner, location: `${at}/Branches[${index}]` })),
    ...['ItemProcessor', 'Iterator'].map((field) => ({
      inner: state[field],
      location: `${at}/${field}`,
    })),
  ].filter((scope): scope is { inner: Fields; location: string } => isObject(scope.inner));
}

function statesOf({ States: states }: Fields): Readonly<Record<string, Fields>> {
  if (!isObject(states)) return {};
  return Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, isObject(state) ? state : {}]),
  );
}

function missing(message: string, location: string): Diagnostic {
  return problem('MISSING_TRANSITION_TARGET', message, location);
}
