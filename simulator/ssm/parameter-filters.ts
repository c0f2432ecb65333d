import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../core/aws-error.ts';
import { latestOf, type Parameter } from './parameter.ts';

type Match = (value: string, wanted: string) => boolean;

const options: Readonly<Record<string, Match>> = {
  Equals: (value, wanted) => value === wanted,
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
};

/** Tests a parameter against every filter; values of one filter are alternatives. */
export function parameterFilter(
  filters: readonly ParameterStringFilter[] = [],
): (parameter: Parameter) => boolean {
  const tests = filters.map(oneFilter);
  return (parameter) => tests.every((test) => test(parameter));
}

function oneFilter(filter: ParameterStringFilter): (parameter: Parameter) => boolean {
  const { Key = '', Option, Values = [] } = filter;
  if (Values.length === 0) {
    throw new AwsError('InvalidFilterValue', `The filter ${Key} has no values.`);
  }
  if (Key === 'Path') {
    const recursive = pathOption(Option ?? 'OneLevel');
    return ({ name }) => Values.some((path) => liesBelow(name, path, recursive));
  }
  const read = attribute(Key);
  const match = options[Option ?? 'Equals'];
  if (!match || (Option === 'Contains' && Key !== 'Name')) {
    throw new AwsError(
      'InvalidFilterOption',
      `The filter option ${Option} is not valid for ${Key}.`,
    );
  }
  return (parameter) => {
    const value = read(parameter);
    return value !== undefined && Values.some((wanted) => match(value, wanted));
  };
}

function attribute(key: string): (parameter: Parameter) => string | undefined {
  if (key.startsWith('tag:')) return ({ tags }) => tags.get(key.slice(4));
  switch (key) {
    case 'Name':
      return ({ name }) => name;
    case 'Type':
      return (parameter) => latestOf(parameter).type;
    case 'KeyId':
      return (parameter) => latestOf(parameter).keyId;
    case 'Tier':
      return (parameter) => latestOf(parameter).tier;
    case 'DataType':
      return (parameter) => latestOf(parameter).dataType;
    default:
      throw new AwsError(
        'InvalidFilterKey',
        `The filter key ${key} is not valid or not simulated.`,
      );
  }
}

function pathOption(option: string): boolean {
  if (option === 'Recursive' || option === 'OneLevel') return option === 'Recursive';
  throw new AwsError('InvalidFilterOption', `The filter option ${option} is not valid for Path.`);
}

/** Whether a parameter lies below a path: directly, or at any depth when recursive. */
export function liesBelow(name: string, path: string, recursive: boolean): boolean {
  const base = path.endsWith('/') ? path : `${path}/`;
  const full = name.startsWith('/') ? name : `/${name}`;
  if (!full.startsWith(base)) return false;
  return recursive || !full.slice(base.length).includes('/');
}
