import { expressionNestsTooDeeply, isStackOverflow } from '../../core/json-nesting.ts';
import { type Expression, parseExpression } from '../query/jsonpath/expression.ts';
import { callProblem } from '../query/jsonpath/intrinsics/intrinsics.ts';
import { isReferencePath } from '../query/jsonpath/path.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

/** Fields that hold one path each; null drops the data where a field allows it. */
const pathFields = ['InputPath', 'OutputPath', 'ItemsPath'];
const templateFields = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];
const functionFields = ['ErrorPath', 'CausePath'];

/** Every path and intrinsic function of a JSONPath state must parse, and ResultPath be a Reference Path. */
export function checkPaths({ state, location, queryLanguage }: LocatedState): Diagnostic[] {
  if (queryLanguage !== 'JSONPath') return [];
  const numberPaths = Object.keys(state).filter((name) =>
    /^(TimeoutSeconds|HeartbeatSeconds|Seconds|Timestamp|MaxConcurrency|Tolerated\w+)Path$/.test(
      name,
    ),
  );
  return [
    ...[...pathFields, ...numberPaths].flatMap((field) => checkPath(state, field, location)),
    ...functionFields.flatMap((field) => checkExpression(state[field], `${location}/${field}`)),
    ...checkResultPath(state, location),
    ...templateFields.flatMap((field) => checkTemplate(state[field], `${location}/${field}`)),
    ...checkMapParts(state, location),
    ...list(state.Catch).flatMap((entry, index) => {
      const at = `${location}/Catch[${index}]`;
      return [...checkResultPath(entry, at), ...checkTemplate(entry.Assign, `${at}/Assign`)];
    }),
    ...list(state.Choices).flatMap((rule, index) =>
      checkRule(rule, `${location}/Choices[${index}]`),
    ),
  ];
}

/** Templates and paths inside the parts of a distributed Map. */
function checkMapParts(state: Readonly<Record<string, unknown>>, location: string): Diagnostic[] {
  return ['ItemReader', 'ItemBatcher', 'ResultWriter'].flatMap((part) => {
    const holder = state[part];
    if (!isObject(holder)) return [];
    const at = `${location}/${part}`;
    const config = isObject(holder.ReaderConfig) ? holder.ReaderConfig : {};
    return [
      ...checkTemplate(holder.Parameters, `${at}/Parameters`),
      ...checkTemplate(holder.BatchInput, `${at}/BatchInput`),
      ...checkPath(holder, 'MaxItemsPerBatchPath', at),
      ...checkPath(holder, 'MaxInputBytesPerBatchPath', at),
      ...checkPath(config, 'MaxItemsPath', `${at}/ReaderConfig`),
    ];
  });
}

function checkRule(rule: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const nested = [...list(rule.And), ...list(rule.Or), ...(isObject(rule.Not) ? [rule.Not] : [])];
  const paths = Object.keys(rule).filter((name) => name === 'Variable' || name.endsWith('Path'));
  return [
    ...paths.flatMap((field) => checkPath(rule, field, at)),
    ...checkTemplate(rule.Assign, `${at}/Assign`),
    ...nested.flatMap((inner) => checkRule(inner, at)),
  ];
}

function checkPath(
  holder: Readonly<Record<string, unknown>>,
  field: string,
  at: string,
): Diagnostic[] {
  const path = holder[field];
  if (path === undefined || path === null) return [];
  const location = `${at}/${field}`;
  if (typeof path === 'string' && path.startsWith('$')) return checkExpression(path, location);
  return [invalid('Value is not a valid JSONPath', location)];
}

function checkResultPath(holder: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const { ResultPath: path } = holder;
  const found = checkPath(holder, 'ResultPath', at);
  if (found.length > 0 || typeof path !== 'string') return found;
  const parsed = parseExpression(path);
  if (parsed.kind === 'path' && parsed.path.root === '$' && isReferencePath(parsed.path)) return [];
  return [invalid('Value is not a Reference Path', `${at}/ResultPath`)];
}

function checkTemplate(template: unknown, location: string): Diagnostic[] {
  if (Array.isArray(template)) {
    return template.flatMap((item, index) => checkTemplate(item, `${location}[${index}]`));
  }
  if (!isObject(template)) return [];
  return Object.entries(template).flatMap(([name, value]) => {
    const at = `${location}/${name}`;
    if (!name.endsWith('.$')) return checkTemplate(value, at);
    if (Object.hasOwn(template, name.slice(0, -2))) {
      return [invalid(`The field '${name.slice(0, -2)}' is given twice`, at)];
    }
    if (typeof value === 'string' && /^(\$|States\.)/.test(value))
      return checkExpression(value, at);
    return [
      invalid(
        `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
        at,
      ),
    ];
  });
}

function checkExpression(text: unknown, location: string): Diagnostic[] {
  if (typeof text !== 'string') return [];
  const tooDeep = () => [invalid('The path is nested too deeply', location)];
  if (expressionNestsTooDeeply(text)) return tooDeep();
  try {
    return checkCalls(parseExpression(text), location);
  } catch (error) {
    return isStackOverflow(error) ? tooDeep() : [invalid((error as Error).message, location)];
  }
}

function checkCalls(expression: Expression, location: string): Diagnostic[] {
  if (expression.kind !== 'call') return [];
  const found = callProblem(expression.name, expression.args.length);
  return [
    ...(found === undefined ? [] : [invalid(found, location)]),
    ...expression.args.flatMap((argument) => checkCalls(argument, location)),
  ];
}

function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function invalid(message: string, location: string): Diagnostic {
  return problem('SCHEMA_VALIDATION_FAILED', message, location);
}
