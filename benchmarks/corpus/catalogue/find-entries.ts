import { UsageError } from '../../../cli/terminal/run-command.ts';
import type { CorpusEntry } from '../entry.ts';
import { catalogue } from './catalogue.ts';

/** Entries by name, in the given order; UsageError that lists the names there are. */
export function findEntries(names: readonly string[]): CorpusEntry[] {
  const unknown = names.filter((name) => !catalogue.some((entry) => entry.name === name));
  if (unknown.length > 0) {
    const known = catalogue.map(({ name }) => name).join(', ');
    throw new UsageError(
      `The corpus has no release ${unknown.map((name) => `"${name}"`).join(', ')}, expected some of: ${known}`,
    );
  }
  return names.flatMap((name) => catalogue.filter((entry) => entry.name === name));
}
