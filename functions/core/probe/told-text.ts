import { plainLine } from './plain-text.ts';
import { shorten } from './shorten.ts';

const maxLength = 500;

/**
 * What a person or a service of AWS wrote, as a part of one of our sentences: on one line, without a full stop at its
 * end, and its beginning alone where it is longer than 500 characters.
 */
export function toldText(text: string): string {
  const line = plainLine(text).replaceAll(/\s+/g, ' ').trim();
  return shorten(line.replace(/(?<![.])\.$/, ''), maxLength);
}
