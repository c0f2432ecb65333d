import { itemsOf, memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** Freezes that hold nothing, or services that are not there. */
export function freezeIssues(config: unknown, services: readonly unknown[]): ConfigIssue[] {
  const names = services.map((service) => memberAt(service, 'name'));
  return itemsOf(memberAt(config, 'freezes')).flatMap((freeze, position) => [
    ...emptyFreeze(freeze, position),
    ...itemsOf(memberAt(freeze, 'services')).flatMap((name, at) =>
      names.includes(name)
        ? []
        : [
            {
              path: ['freezes', position, 'services', at],
              message: `is "${name}", expected the name of a service of this file`,
            },
          ],
    ),
  ]);
}

function emptyFreeze(freeze: unknown, position: number): ConfigIssue[] {
  const issue = (message: string, ...at: string[]) => [
    { path: ['freezes', position, ...at], message },
  ];
  const [from, until, weekly] = ['from', 'until', 'weekly'].map((name) => memberAt(freeze, name));
  if (weekly !== undefined) {
    if (from !== undefined || until !== undefined) {
      return issue('has both weekly and from or until, expected one of them');
    }
    return memberAt(weekly, 'from') === memberAt(weekly, 'until')
      ? issue('is the same as from, expected another time of the week', 'weekly', 'until')
      : [];
  }
  if (from === undefined || until === undefined) {
    return issue('says not when, expected from and until, or weekly');
  }
  return Date.parse(String(until)) <= Date.parse(String(from))
    ? issue('is not after from, expected a later time', 'until')
    : [];
}
