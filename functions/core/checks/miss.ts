import { hideCredentials } from '../probe/hide-credentials.ts';
import type { Mask } from '../probe/mask.ts';
import { plainLine } from '../probe/plain-text.ts';

/** An expectation that one answer missed; both read on after `expected` and `got`. */
export interface Miss {
  readonly expected: string;
  readonly observed: string;
}

const shownCharacters = 60;

/** Text of an answer, long enough to recognise and short enough for a sentence; masked before it is cut. */
export function quoted(text: string, mask: Mask): string {
  return JSON.stringify(shortened(plainLine(hideCredentials(mask(text)))));
}

/** A JSON value in the same way. */
export function shortJson(value: unknown, mask: Mask): string {
  return shortened(plainLine(mask(JSON.stringify(value))));
}

function shortened(text: string): string {
  if (text.length <= shownCharacters) return text;
  // Never half of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(shownCharacters - 1))
    ? shownCharacters - 1
    : shownCharacters;
  return `${text.slice(0, end)}…`;
}
