import { jsonataExpression } from '../query/jsonata-expression.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';
import {
  boundsProblem,
  exclusiveFields,
  goingOn,
  numberBounds,
  requiredFields,
  stateFields,
} from './state-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

const waitTimes = ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'];
/** With an upper-case T and, without an offset, an upper-case Z (States Language, timestamps). */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const texts = ['Comment', 'Next', 'Default'];
const topFields = new Set([
  'Comment',
  'QueryLanguage',
  'StartAt',
  'States',
  'TimeoutSeconds',
  'Version',
]);

/** Fields that a state's type has not, lacks or may not have together, in AWS's words (recorded answers). */
export function checkFields({ state, location, queryLanguage }: LocatedState): Diagnostic[] {
  const { Type: type } = state;
  if (type === undefined) return [invalid('These fields are required: [Type]', location)];
  const allowed = typeof type === 'string' ? stateFields[type] : undefined;
  if (typeof type !== 'string' || allowed === undefined) {
    return [invalid(oneOf(Object.keys(stateFields)), `${location}/Type`)];
  }
  const missing = (requiredFields[type] ?? []).filter((field) => !(field in state));
  return [
    ...Object.keys(state)
      .filter((field) => !allowed.has(field))
      .map((field) => unsupported(field, location)),
    ...(missing.length > 0 ? [required(missing, location)] : []),
    ...checkChoicesOfOne(state, location),
    ...checkTexts(state, location),
    ...checkNumbers(state, location, queryLanguage === 'JSONata'),
    ...checkTimestamp(state.Timestamp, `${location}/Timestamp`),
    ...checkBranches(state, location),
  ];
}

/** The machine's own fields (rule pf-sfn-asl-state-fields of cdk-preflight). */
export function checkTopFields(definition: Fields): Diagnostic[] {
  const { Version: version, TimeoutSeconds: timeout, StartAt: start, States: states } = definition;
  return [
    ...Object.keys(definition)
      .filter((field) => !topFields.has(field))
      .map((field) => unsupported(field, '/')),
    ...(version === undefined || version === '1.0' ? [] : [invalid(oneOf(['1.0']), '/Version')]),
    ...(timeout === undefined
      ? []
      : numberAt(timeout, { min: 0, max: 99_999_999, integer: true }, '/TimeoutSeconds')),
    ...(typeof start === 'string' ? [] : [wrongType('STRING', '/StartAt')]),
    ...(isObject(states) ? [] : [wrongType('OBJECT', '/States')]),
  ];
}

function checkChoicesOfOne(state: Fields, location: string): Diagnostic[] {
  const { Type: type } = state;
  const leavings = ['Next', ...(state.End === false ? [] : ['End'])];
  return [
    ...(goingOn.has(type) ? exactlyOne(state, ['Next', 'End'], location, leavings) : []),
    ...(type === 'Wait' ? exactlyOne(state, waitTimes, location) : []),
    ...(type === 'Map' ? exactlyOne(state, ['ItemProcessor', 'Iterator'], location) : []),
    ...exclusiveFields
      .filter((pair) => pair.every((field) => field in state))
      .map((pair) => invalid(onlyOne(pair), location)),
  ];
}

function exactlyOne(
  state: Fields,
  fields: readonly string[],
  location: string,
  counted: readonly string[] = fields,
): Diagnostic[] {
  const given = counted.filter((field) => field in state).length;
  if (given === 1) return [];
  if (given > 1) return [invalid(onlyOne(fields), location)];
  const message = `This object should have only one of the following fields: [${fields.join(', ')}]`;
  return [invalid(message, location)];
}

function checkTexts(state: Fields, location: string): Diagnostic[] {
  const { End: end } = state;
  return [
    ...texts
      .filter((field) => field in state && typeof state[field] !== 'string')
      .map((field) => wrongType('STRING', `${location}/${field}`)),
    ...(end === undefined || typeof end === 'boolean'
      ? []
      : [wrongType('BOOLEAN', `${location}/End`)]),
  ];
}

function checkNumbers(state: Fields, location: string, jsonata: boolean): Diagnostic[] {
  return Object.entries(numberBounds).flatMap(([field, bounds]) => {
    const value = state[field];
    if (value === undefined) return [];
    if (jsonata && typeof value === 'string' && jsonataExpression(value) !== undefined) return [];
    return numberAt(value, bounds, `${location}/${field}`);
  });
}

function numberAt(
  value: unknown,
  bounds: Parameters<typeof boundsProblem>[1],
  location: string,
): Diagnostic[] {
  const found = boundsProblem(value, bounds);
  return found === undefined ? [] : [invalid(found, location)];
}

function checkTimestamp(timestamp: unknown, location: string): Diagnostic[] {
  if (timestamp === undefined) return [];
  if (typeof timestamp !== 'string') return [wrongType('STRING', location)];
  if (rfc3339.test(timestamp) || jsonataExpression(timestamp) !== undefined) return [];
  return [invalid('String does not match RFC3339 timestamp', location)];
}

/** Branches and iterations are machines without settings of their own. */
function checkBranches(state: Fields, location: string): Diagnostic[] {
  const { Branches: branches } = state;
  const inner = ['ItemProcessor', 'Iterator'].filter((field) => field in state);
  return [
    ...(branches === undefined || (Array.isArray(branches) && branches.length > 0)
      ? []
      : [invalid('Value cannot be empty', `${location}/Branches`)]),
    ...(Array.isArray(branches) ? branches : []).flatMap((branch: unknown, index) =>
      checkBranch(branch, [], `${location}/Branches[${index}]`),
    ),
    ...inner.flatMap((field) =>
      checkBranch(state[field], ['ProcessorConfig'], `${location}/${field}`),
    ),
  ];
}

function checkBranch(branch: unknown, extra: readonly string[], location: string): Diagnostic[] {
  if (!isObject(branch)) return [wrongType('OBJECT', location)];
  const allowed = ['Comment', 'StartAt', 'States', ...extra];
  const missing = ['States', 'StartAt'].filter((field) => !(field in branch));
  return [
    ...Object.keys(branch)
      .filter((field) => !allowed.includes(field))
      .map((field) => unsupported(field, location)),
    ...(missing.length > 0 ? [required(missing, location)] : []),
  ];
}

export function unsupported(field: string, location: string): Diagnostic {
  return invalid(`Field '${field}' is not supported`, location);
}

export function required(fields: readonly string[], location: string): Diagnostic {
  return invalid(`These fields are required: [${fields.join(', ')}]`, location);
}

export function wrongType(type: string, location: string): Diagnostic {
  return invalid(`Expected value of type [${type}]`, location);
}

export function onlyOne(fields: readonly string[]): string {
  return `There should only be one of the following fields: [${fields.join(', ')}]`;
}

export function oneOf(values: readonly string[]): string {
  return `Value should be one of the following: [${values.join(', ')}]`;
}

export function invalid(message: string, location: string): Diagnostic {
  return problem('SCHEMA_VALIDATION_FAILED', message, location);
}
