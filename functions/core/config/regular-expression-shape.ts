/** One part of an alternative with how often it may occur. */
interface Item {
  readonly least: number;
  readonly most: number;
  /** Alternatives of a group; undefined for a single character or class. */
  readonly group: readonly Alternative[] | undefined;
}

interface Alternative {
  readonly items: readonly Item[];
  readonly source: string;
}

/**
 * Whether a valid regular expression has a repetition right within a repetition, such as `(a+)+` or `(\w+\s?)*`: a
 * text can then be split among the two in exponentially many ways, all of which are tried before it is refused. A
 * repetition with something obligatory beside it, such as `(\w+,)*`, has only one way and is fine. Repeated alternatives
 * that match the same character, such as `(\w|\d)*`, are found for common characters.
 */
export function canBacktrackForever(pattern: string): boolean {
  return itemsOf(new ShapeReader(pattern).alternatives()).some(repeatsARepetition);
}

function repeatsARepetition({ most, group }: Item): boolean {
  if (group === undefined) return false;
  return (
    (most === Number.POSITIVE_INFINITY && (group.some(isOneRepetition) || overlap(group))) ||
    itemsOf(group).some(repeatsARepetition)
  );
}

function itemsOf(alternatives: readonly Alternative[]): Item[] {
  return alternatives.flatMap(({ items }) => items);
}

const commonCharacters = [...'aZ0_- .,:/"é'];

/** Two alternatives for one and the same character double the ways with every repetition. */
function overlap(alternatives: readonly Alternative[]): boolean {
  const patterns = alternatives.flatMap(({ source }) => compiled(source) ?? []);
  return commonCharacters.some(
    (character) => patterns.filter((pattern) => pattern.test(character)).length > 1,
  );
}

/** Undefined for what makes sense only within the whole, such as a reference to another group. */
function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    return undefined;
  }
}

/** Nothing obligatory beside something without an upper limit. */
function isOneRepetition({ items }: Alternative): boolean {
  return items.some(
    (item, index) =>
      isUnlimited(item) && items.every((other, at) => at === index || canBeEmpty(other)),
  );
}

function isUnlimited({ most, group }: Item): boolean {
  return most === Number.POSITIVE_INFINITY || (most > 0 && group?.some(isOneRepetition) === true);
}

function canBeEmpty({ least, group }: Item): boolean {
  return least === 0 || group?.some(({ items }) => items.every(canBeEmpty)) === true;
}

/** Reads the shape of a pattern that is known to be valid. */
class ShapeReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  alternatives(): Alternative[] {
    const found: Alternative[] = [];
    for (;;) {
      const from = this.#at;
      const items: Item[] = [];
      while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
        items.push(this.#item());
      }
      found.push({ items, source: this.#pattern.slice(from, this.#at) });
      if (this.#take(/\|/y) === undefined) return found;
    }
  }

  #item(): Item {
    // Assertions take no room.
    if (this.#take(/\^|\$|\\[bB]/y) !== undefined) return { least: 0, most: 0, group: undefined };
    const opening = this.#take(/\((?:\?(?:<?[=!]|:|<[^>]*>))?/y);
    if (opening === undefined) {
      this.#take(/\\(?:[pPuk][{<][^}>]*[}>]|.)|\[(?:\\.|[^\]\\])*\]|./suy);
      return { ...this.#occurrences(), group: undefined };
    }
    const group = this.alternatives();
    this.#take(/\)/y);
    const occurrences = this.#occurrences();
    // A lookaround takes no room either, but what is inside may still repeat.
    return /[=!]$/.test(opening) ? { least: 0, most: 1, group } : { ...occurrences, group };
  }

  #occurrences(): { readonly least: number; readonly most: number } {
    const quantifier = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (quantifier === undefined) return { least: 1, most: 1 };
    if (quantifier.startsWith('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (quantifier.startsWith('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (quantifier.startsWith('?')) return { least: 0, most: 1 };
    const [, least = '0', comma, most = ''] = /\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? [];
    if (comma === '') return { least: Number(least), most: Number(least) };
    return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const found = token.exec(this.#pattern)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
