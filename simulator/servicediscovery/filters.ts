import { pageOf } from '../core/page.ts';
import { invalidInput } from './service-rules.ts';

interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: string[] | undefined;
  readonly Condition?: string | undefined;
}

/** Whether something matches all filters; `read` says what a filter's name looks at. */
export function matchesAll(
  filters: readonly Filter[] | undefined,
  read: (name: string) => string | undefined,
): boolean {
  return (filters ?? []).every(({ Name = '', Values = [], Condition = 'EQ' }) => {
    const value = read(Name);
    if (value === undefined) return false;
    if (Condition === 'BEGINS_WITH') return Values.some((start) => value.startsWith(start));
    if (Condition === 'BETWEEN') throw invalidInput('The condition BETWEEN is not applicable');
    if (Condition === 'EQ' && Values.length > 1) {
      throw invalidInput('The condition EQ takes one value.');
    }
    return Values.includes(value);
  });
}

export function page<T>(
  items: readonly T[],
  {
    NextToken,
    MaxResults = 100,
  }: { NextToken?: string | undefined; MaxResults?: number | undefined },
): { readonly items: T[]; readonly token: { NextToken?: string } } {
  const refuse = () => invalidInput('The NextToken is not valid.');
  const found = pageOf(items, { token: NextToken, size: MaxResults, refuse });
  return { items: found.items, token: found.next === undefined ? {} : { NextToken: found.next } };
}
