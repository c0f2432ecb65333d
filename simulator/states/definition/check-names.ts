import { type Diagnostic, problem } from './diagnostic.ts';
import type { LocatedState } from './located-states.ts';

const longestName = 80;

/** State names and Map labels are unique in the whole machine (rules of cdk-preflight, measured answers). */
export function checkNames(states: readonly LocatedState[]): Diagnostic[] {
  return [
    ...states
      .filter(({ name }) => [...name].length > longestName)
      .map(({ name, location }) =>
        problem(
          'INVALID_STATE_NAME',
          `Invalid State name: '${name}' exceeds the ${longestName}-character limit allowed by the service`,
          location,
        ),
      ),
    ...repeated(states, ({ name }) => name).map(({ name, location }) =>
      problem('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, location),
    ),
    ...repeated(states, ({ state }) => state.Label).map(({ state, location }) =>
      problem('DUPLICATE_LABEL_NAME', `Duplicate Label name: ${state.Label}`, `${location}/Label`),
    ),
  ];
}

function repeated(
  states: readonly LocatedState[],
  keyOf: (located: LocatedState) => unknown,
): LocatedState[] {
  const seen = new Set<unknown>();
  return states.filter((located) => {
    const key = keyOf(located);
    if (typeof key !== 'string') return false;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}
