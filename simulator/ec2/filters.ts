import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

/** What a filter of each name compares; several texts of one item are alternatives. */
export type FilterTexts<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>;

/** Tests an item against every filter; values are alternatives and may hold `*` and `?`. */
export function ec2Filter<T>(
  filters: readonly Filter[] = [],
  texts: FilterTexts<T>,
  tags: (item: T) => ReadonlyMap<string, string>,
): (item: T) => boolean {
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const read = readerOf(Name, texts, tags);
    const patterns = Values.map(pattern);
    return (item: T) =>
      read(item).some((text) => text !== undefined && patterns.some((each) => each.test(text)));
  });
  return (item) => tests.every((test) => test(item));
}

function readerOf<T>(
  name: string,
  texts: FilterTexts<T>,
  tags: (item: T) => ReadonlyMap<string, string>,
): (item: T) => readonly (string | undefined)[] {
  if (name.startsWith('tag:')) return (item) => [tags(item).get(name.slice(4))];
  if (name === 'tag-key') return (item) => [...tags(item).keys()];
  const read = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (read) return read;
  throw new AwsError(
    'InvalidParameterValue',
    `The filter '${name}' is invalid, or not simulated; there are ${Object.keys(texts).join(', ')}, tag:KEY and tag-key`,
  );
}

function pattern(value: string): RegExp {
  const source = value
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

export interface Ec2Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly DryRun?: boolean | undefined;
}

/** One page of at most 1000; EC2 refuses a page size together with ids. */
export function ec2Page<T>(
  all: readonly T[],
  { MaxResults, NextToken }: Ec2Paging,
  ids: readonly string[] | undefined,
): { items: T[]; more: { NextToken?: string } } {
  if (MaxResults !== undefined && ids?.length) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter MaxResults cannot be used with a list of ids',
    );
  }
  if (MaxResults !== undefined && (MaxResults < 5 || MaxResults > 1_000)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    );
  }
  const refuse = (token: string) =>
    new AwsError('InvalidParameterValue', `Value (${token}) for parameter NextToken is invalid.`);
  const { items, next } = pageOf(all, { token: NextToken, size: MaxResults ?? 1_000, refuse });
  return { items, more: next === undefined ? {} : { NextToken: next } };
}

/** Throws DryRunOperation, the answer to a dry run of an allowed call. */
export function refuseDryRun({ DryRun = false }: Ec2Paging): void {
  if (!DryRun) return;
  throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
    status: 412,
  });
}

/** Members that Terraform always sends, turned off: refused by name only when they are on. */
export function refuseWhenOn(members: Readonly<Record<string, boolean | undefined>>): void {
  const on = Object.entries(members).find(([, value]) => value === true);
  if (on) throw new AwsError('NotImplemented', `${on[0]} is not simulated`);
}
