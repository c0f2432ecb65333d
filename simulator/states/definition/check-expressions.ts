import { jsonataExpression } from '../query/jsonata-expression.ts';
import { invalid } from './check-fields.ts';
import { checkJsonata } from './check-jsonata.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

/** Their contents are states of their own, or constants. */
const notTemplates = new Set(['Branches', 'ItemProcessor', 'Type', 'Resource', 'Comment', 'Next']);
const variableName = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** Every `{% … %}` must parse, and variables must have names that can be written down. */
export function checkExpressions({ state, location, queryLanguage }: LocatedState): Diagnostic[] {
  if (queryLanguage !== 'JSONata') {
    return isObject(state.Assign) ? checkVariableNames(state.Assign, `${location}/Assign`) : [];
  }
  return Object.entries(state).flatMap(([field, value]) =>
    notTemplates.has(field) ? [] : checkTemplate(value, `${location}/${field}`, field),
  );
}

function checkTemplate(value: unknown, location: string, field: string): Diagnostic[] {
  if (typeof value === 'string') return checkText(value, location);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => checkTemplate(item, `${location}[${index}]`, ''));
  }
  if (!isObject(value)) return [];
  const names = field === 'Assign' ? checkVariableNames(value, location) : [];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    checkTemplate(item, `${location}/${key}`, key),
  );
  return [...names, ...inner];
}

function checkText(text: string, location: string): Diagnostic[] {
  const expression = jsonataExpression(text);
  if (expression !== undefined) return checkJsonata(expression, location);
  // Spaces before or after the delimiters are refused (developer guide, transforming data with JSONata).
  if (!text.trimStart().startsWith('{%')) return [];
  return [invalid('JSONata string must start with {% and end with %}', location)];
}

function checkVariableNames(variables: object, location: string): Diagnostic[] {
  return Object.keys(variables).flatMap((key) => {
    // JSONPath marks computed ones.
    const name = key.endsWith('.$') ? key.slice(0, -2) : key;
    if (name === 'states') {
      const message = "Cannot assign to reserved variable '$states'.";
      return [problem('RESERVED_VARIABLE_NAME', message, location)];
    }
    if (variableName.test(name)) return [];
    const message = `Invalid variable name '${name}': the variable name contains invalid characters.`;
    return [problem('INVALID_VARIABLE_NAME', message, location)];
  });
}
