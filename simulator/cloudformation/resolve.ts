import { scalar } from './argument-types.ts';
import { asIntrinsic, type Intrinsic, replacePlaceholders, subTemplate } from './intrinsic.ts';
import { intrinsicFunctions } from './intrinsic-functions.ts';
import { type Scope, UnknownNameError } from './scope.ts';
import { holdsUnresolved, Unresolved } from './unresolved.ts';

/** What `Ref: AWS::NoValue` gives: the property is as if it had not been written. */
export const noValue = Symbol('AWS::NoValue');

/** Takes an error instead of letting it be thrown; the failed function then counts as Unresolved. */
export type OnError = (error: unknown) => void;

/**
 * Replaces every intrinsic function by its value. A function whose arguments are not all known becomes
 * Unresolved as a whole. Throws an Error for wrong arguments and unknown names, unless `onError` takes it.
 */
export function resolve(value: unknown, scope: Scope, onError?: OnError): unknown {
  if (value instanceof Unresolved) return value;
  const intrinsic = asIntrinsic(value);
  if (intrinsic) return attempt(intrinsic, scope, onError);
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope, onError)).filter((item) => item !== noValue);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, resolve(item, scope, onError)] as const)
        .filter(([, item]) => item !== noValue),
    );
  }
  return value;
}

function attempt(intrinsic: Intrinsic, scope: Scope, onError?: OnError): unknown {
  if (!onError) return call(intrinsic, scope, onError);
  try {
    return call(intrinsic, scope, onError);
  } catch (error) {
    onError(error);
    return new Unresolved(`${intrinsic.name} failed`);
  }
}

function call({ name, argument }: Intrinsic, scope: Scope, onError?: OnError): unknown {
  // These two look at names and conditions, not at resolved arguments.
  if (name === 'Ref') return ref(argument, scope);
  if (name === 'Fn::If') return choose(argument, scope, onError);
  if (name === 'Fn::Sub') return substitute(argument, scope, onError);
  const run = intrinsicFunctions[name];
  if (!run) throw new UnknownNameError(`${name} is not modelled`);
  const resolved = resolve(argument, scope, onError);
  if (name !== 'Fn::GetAtt' && name !== 'Fn::Select' && holdsUnresolved(resolved)) {
    return new Unresolved(`${name} of values not yet known`);
  }
  return run(resolved, scope);
}

function ref(argument: unknown, scope: Scope): unknown {
  if (typeof argument !== 'string') throw new Error('Ref takes a name');
  return argument === 'AWS::NoValue' ? noValue : scope.ref(argument);
}

function choose(argument: unknown, scope: Scope, onError?: OnError): unknown {
  const [name, whenTrue, whenFalse, ...rest] = Array.isArray(argument) ? argument : [];
  if (typeof name !== 'string' || whenFalse === undefined || rest.length > 0) {
    throw new Error('Fn::If takes a condition name and two values');
  }
  return resolve(scope.condition(name) ? whenTrue : whenFalse, scope, onError);
}

function substitute(argument: unknown, scope: Scope, onError?: OnError): unknown {
  const template = subTemplate(argument);
  if (!template) throw new Error('Fn::Sub takes a text, or a text and a map of variables');
  let unresolved: Unresolved | undefined;
  const variables = resolve(template.variables, scope, onError) as Record<string, unknown>;
  const text = replacePlaceholders(template.text, (name) => {
    const dot = name.indexOf('.');
    let value: unknown;
    if (Object.hasOwn(variables, name)) value = variables[name];
    else if (dot < 0) value = scope.ref(name);
    else value = scope.getAtt(name.slice(0, dot), name.slice(dot + 1));
    if (value instanceof Unresolved) unresolved ??= value;
    return value instanceof Unresolved ? '' : scalar('Fn::Sub', value);
  });
  return unresolved ?? text;
}

/** Names of all functions that `resolve` knows. */
export const intrinsicNames: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::If',
  'Fn::Sub',
  ...Object.keys(intrinsicFunctions),
]);
