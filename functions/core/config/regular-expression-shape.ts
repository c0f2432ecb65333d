/** One part of an alternative with how often it may occur. */
interface Item {
  readonly least: number;
  readonly most: number;
  /** Alternatives of a group; undefined for a single character or class. */
  readonly group: readonly Alternative[] | undefined;
}

type Alternative = readonly Item[];

/**
 * Whether a valid regular expression has a repetition right within a repetition, such as `(a+)+` or `(\w+\s?)*`: a
 * text can then be split among the two in exponentially many ways, all of which are tried before it is refused. A
 * repetition with something obligatory beside it, such as `(\w+,)*`, has only one way and is fine. Overlapping
 * alternatives, `(a|a)*`, are not looked for.
 */
export function canBacktrackForever(pattern: string): boolean {
  const items = new ShapeReader(pattern).alternatives().flat();
  return items.some(repeatsARepetition);
}

function repeatsARepetition({ most, group }: Item): boolean {
  if (group === undefined) return false;
  return (
    (most === Number.POSITIVE_INFINITY && group.some(isOneRepetition)) ||
    group.flat().some(repeatsARepetition)
  );
}

/** Nothing obligatory beside something without an upper limit. */
function isOneRepetition(alternative: Alternative): boolean {
  return alternative.some(
    (item, index) =>
      isUnlimited(item) && alternative.every((other, at) => at === index || canBeEmpty(other)),
  );
}

function isUnlimited({ most, group }: Item): boolean {
  return most === Number.POSITIVE_INFINITY || (most > 0 && group?.some(isOneRepetition) === true);
}

function canBeEmpty({ least, group }: Item): boolean {
  return least === 0 || group?.some((alternative) => alternative.every(canBeEmpty)) === true;
}

/** Reads the shape of a pattern that is known to be valid. */
class ShapeReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  alternatives(): Alternative[] {
    const found: Item[][] = [[]];
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') {
      if (this.#take(/\|/y) !== undefined) found.push([]);
      else found.at(-1)?.push(this.#item());
    }
    return found;
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
