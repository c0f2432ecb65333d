import { hideCredentials } from '../probe/hide-credentials.ts';
import type { Mask } from '../probe/mask.ts';
import { plainLine } from '../probe/plain-text.ts';
import { shorten } from '../probe/shorten.ts';

/** An expectation that one answer missed; both read on after `expected` and `got`. */
export interface Miss {
  readonly expected: string;
  readonly observed: string;
}

const shownCharacters = 60;

/** Text of an answer, long enough to recognise and short enough for a sentence; masked before it is cut. */
export function quoted(text: string, mask: Mask): string {
  return JSON.stringify(shorten(plainLine(hideCredentials(mask(text))), shownCharacters));
}

/** A JSON value in the same way. */
export function shortJson(value: unknown, mask: Mask): string {
  return shorten(plainLine(mask(JSON.stringify(value))), shownCharacters);
}
