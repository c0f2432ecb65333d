import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState, locatedStates } from './located-states.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What AWS takes although it is rarely meant; codes and words of the API reference's list of warnings. */
const words = {
  NO_DOLLAR: 'No .$ on a field that appears to be a JSONPath or Intrinsic Function.',
  NO_PATH: "Field value looks like a path, but field name does not end with 'Path'.",
  PASS_RESULT_IS_STATIC: 'Attempt to use a path in the result of a pass state.',
};
const path = /^\${1,2}(\.|\[|$)/;
const pathOrCall = /^(\${1,2}(\.|\[|$)|States\.\w+\()/;

/** Warnings of a definition that is JSON; a state machine is created all the same. */
export function warnings(text: string): Diagnostic[] {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch {
    return [];
  }
  return locatedStates(definition).flatMap((located) =>
    located.queryLanguage === 'JSONPath' ? warningsOf(located) : [],
  );
}

function warningsOf({ state, location }: LocatedState): Diagnostic[] {
  const rules = Array.isArray(state.Choices) ? state.Choices.filter(isObject) : [];
  return [
    ...['Parameters', 'ResultSelector', 'ItemSelector'].flatMap((field) =>
      undollared(state[field], `${location}/${field}`),
    ),
    ...(state.Type === 'Pass' ? staticPaths(state.Result, `${location}/Result`) : []),
    ...rules.flatMap((rule, index) => pathless(rule, `${location}/Choices[${index}]`)),
    ...['Error', 'Cause'].flatMap((field) => pathlessField(state, field, location)),
  ];
}

function undollared(template: unknown, at: string): Diagnostic[] {
  return entriesOf(template, at).flatMap(({ name, value, location }) => {
    if (typeof value !== 'string') return undollared(value, location);
    return !name.endsWith('.$') && pathOrCall.test(value) ? [warn('NO_DOLLAR', location)] : [];
  });
}

function staticPaths(result: unknown, at: string): Diagnostic[] {
  if (typeof result === 'string') {
    return path.test(result) ? [warn('PASS_RESULT_IS_STATIC', at)] : [];
  }
  return entriesOf(result, at).flatMap(({ value, location }) => staticPaths(value, location));
}

function pathless(rule: Fields, at: string): Diagnostic[] {
  const nested = ['And', 'Or'].flatMap((field) =>
    entriesOf(rule[field], `${at}/${field}`).flatMap(({ value, location }) =>
      isObject(value) ? pathless(value, location) : [],
    ),
  );
  const negated = isObject(rule.Not) ? pathless(rule.Not, `${at}/Not`) : [];
  const compared = Object.keys(rule).filter((name) => /(Equals|Than|Matches)$/.test(name));
  return [...compared.flatMap((field) => pathlessField(rule, field, at)), ...nested, ...negated];
}

function pathlessField(holder: Fields, field: string, at: string): Diagnostic[] {
  const value = holder[field];
  const looksLikePath = typeof value === 'string' && path.test(value);
  return looksLikePath ? [warn('NO_PATH', `${at}/${field}`)] : [];
}

function entriesOf(value: unknown, at: string) {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => ({
      name: '',
      value: item,
      location: `${at}[${index}]`,
    }));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, item]) => ({
    name,
    value: item,
    location: `${at}/${name}`,
  }));
}

function warn(code: keyof typeof words, location: string): Diagnostic {
  return { ...problem(code, words[code], location), severity: 'WARNING' };
}
