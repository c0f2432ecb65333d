import { list, pair, scalar, truth } from './argument-types.ts';
import { cidrBlocks } from './cidr-blocks.ts';
import { getAttTarget } from './intrinsic.ts';
import type { Scope } from './scope.ts';
import { Unresolved } from './unresolved.ts';

/** Functions of resolved arguments, by name; `Ref`, `Fn::If` and `Fn::Sub` are in `resolve` itself. */
export const intrinsicFunctions: Readonly<
  Record<string, (argument: unknown, scope: Scope) => unknown>
> = {
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
    const [map, first, second, options, ...rest] = list('Fn::FindInMap', argument);
    if (second === undefined || rest.length > 0) {
      throw new Error('Fn::FindInMap takes a map and two keys');
    }
    const keys = [map, first, second].map((name) => scalar('Fn::FindInMap', name));
    const [name = '', top = '', under = ''] = keys;
    const fallback = defaultValue(options);
    return scope.mapping(name, top, under, fallback);
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
  'Fn::Length': (argument) => list('Fn::Length', argument).length,
  'Fn::ToJsonString': (argument) => JSON.stringify(argument),
  // Rules only (bootstrap version check of the CDK).
  'Fn::Contains': (argument) => {
    const [items, item] = pair('Fn::Contains', argument);
    return list('Fn::Contains', items).includes(item);
  },
  // Rules only too: every text of the first list is in the second, or is the text (user guide, rule functions).
  'Fn::EachMemberIn': (argument) => {
    const [items, allowed] = pair('Fn::EachMemberIn', argument);
    const among = list('Fn::EachMemberIn', allowed);
    return list('Fn::EachMemberIn', items).every((item) => among.includes(item));
  },
  'Fn::EachMemberEquals': (argument) => {
    const [items, text] = pair('Fn::EachMemberEquals', argument);
    return list('Fn::EachMemberEquals', items).every((item) => item === text);
  },
};

/** The fourth argument of Fn::FindInMap, a language extension: `{ DefaultValue: … }`. */
function defaultValue(options: unknown): { readonly value: unknown } | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null || !('DefaultValue' in options)) {
    throw new Error('Fn::FindInMap takes a DefaultValue after its keys');
  }
  return { value: options.DefaultValue };
}

function conditions(name: string, argument: unknown): boolean[] {
  const all = list(name, argument);
  if (all.length < 2 || all.length > 10) throw new Error(`${name} takes 2 to 10 conditions`);
  return all.map((item) => truth(name, item));
}
