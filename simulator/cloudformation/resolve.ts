import { cidrBlocks } from './cidr-blocks.ts';
import {
  asIntrinsic,
  getAttTarget,
  type Intrinsic,
  replacePlaceholders,
  subTemplate,
} from './intrinsic.ts';
import { holdsUnresolved, Unresolved } from './unresolved.ts';

/** Where names in a template lead. Answers may be Unresolved; unknown names throw. */
export interface Scope {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
  mapping(map: string, first: string, second: string): unknown;
  /** Result of a named condition. */
  condition(name: string): boolean;
  availabilityZones(region: string): readonly string[];
}

/** What `Ref: AWS::NoValue` gives: the property is as if it had not been written. */
export const noValue = Symbol('AWS::NoValue');

/** A name, condition or function that does not exist: `findReferences` reports these with their place. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
}

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
  const run = functions[name];
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

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  'Fn::GetAtt': (argument, scope) => {
    const target = getAttTarget(argument);
    if (!target) throw new Error('Fn::GetAtt takes a logical id and an attribute');
    if (target.attribute instanceof Unresolved) return target.attribute;
    return scope.getAtt(target.logicalId, scalar('Fn::GetAtt', target.attribute));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(scalar('Fn::ImportValue', argument)),
  'Fn::Join': (argument) => {
    const [separator, parts] = pair('Fn::Join', argument);
    return list('Fn::Join', parts)
      .map((part) => scalar('Fn::Join', part))
      .join(scalar('Fn::Join', separator));
  },
  'Fn::Split': (argument) => {
    const [separator, text] = pair('Fn::Split', argument);
    return scalar('Fn::Split', text).split(scalar('Fn::Split', separator));
  },
  'Fn::Select': (argument) => {
    const [index, items] = pair('Fn::Select', argument);
    if (index instanceof Unresolved) return index;
    if (items instanceof Unresolved) return items;
    const all = list('Fn::Select', items);
    const position = Number(index);
    if (!Number.isInteger(position) || position < 0 || position >= all.length) {
      throw new Error(
        `Fn::Select has no item ${scalar('Fn::Select', index)} in a list of ${all.length}`,
      );
    }
    return all[position];
  },
  'Fn::GetAZs': (argument, scope) => {
    const region = scalar('Fn::GetAZs', argument);
    return [...scope.availabilityZones(region || scalar('Fn::GetAZs', scope.ref('AWS::Region')))];
  },
  'Fn::FindInMap': (argument, scope) => {
    const names = list('Fn::FindInMap', argument).map((name) => scalar('Fn::FindInMap', name));
    const [map, first, second] = names;
    if (map === undefined || first === undefined || second === undefined || names.length > 3) {
      throw new Error('Fn::FindInMap takes a map and two keys');
    }
    return scope.mapping(map, first, second);
  },
  'Fn::Base64': (argument) => Buffer.from(scalar('Fn::Base64', argument)).toString('base64'),
  'Fn::Cidr': (argument) => {
    const [block, count, hostBits = 8] = list('Fn::Cidr', argument);
    return cidrBlocks(scalar('Fn::Cidr', block), Number(count), Number(hostBits));
  },
  'Fn::Equals': (argument) => {
    const [left, right] = pair('Fn::Equals', argument);
    return scalar('Fn::Equals', left) === scalar('Fn::Equals', right);
  },
  'Fn::And': (argument) => conditions('Fn::And', argument).every(Boolean),
  'Fn::Or': (argument) => conditions('Fn::Or', argument).some(Boolean),
  'Fn::Not': (argument) => {
    const all = list('Fn::Not', argument);
    if (all.length !== 1) throw new Error('Fn::Not takes one condition');
    return !truth('Fn::Not', all[0]);
  },
  // Rules only (bootstrap version check of the CDK).
  'Fn::Contains': (argument) => {
    const [items, item] = pair('Fn::Contains', argument);
    return list('Fn::Contains', items).includes(item);
  },
};

/** Names of all functions that `resolve` knows. */
export const intrinsicNames: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::If',
  'Fn::Sub',
  ...Object.keys(functions),
]);

function pair(name: string, argument: unknown): [unknown, unknown] {
  const items = list(name, argument);
  if (items.length !== 2) throw new Error(`${name} takes two arguments, got ${items.length}`);
  return [items[0], items[1]];
}

function list(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} needs a list, got ${typeof value}`);
  return value;
}

function conditions(name: string, argument: unknown): boolean[] {
  const all = list(name, argument);
  if (all.length < 2 || all.length > 10) throw new Error(`${name} takes 2 to 10 conditions`);
  return all.map((item) => truth(name, item));
}

function truth(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Error(`${name} needs conditions, got ${JSON.stringify(value)}`);
}

function scalar(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${name} needs a text, got ${Array.isArray(value) ? 'a list' : typeof value}`);
}
