/** Controls, and what turns the direction of writing: neither may come from others to a terminal. */
const obeyed = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others on one line, with what a terminal would obey made visible. */
export function printable(text: string): string {
  return text.replace(obeyed, (character) =>
    character === '\n' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
