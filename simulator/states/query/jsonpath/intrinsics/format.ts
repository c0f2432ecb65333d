import { IntrinsicError } from './arguments.ts';

/**
 * States.Format: each `{}` of the template stands for the next value. In a template that is written out in
 * the definition `\{`, `\}`, `\'` and `\\` mean the character itself (intrinsic functions page).
 */
export function format(template: string, escaped: boolean, values: readonly unknown[]): string {
  let used = 0;
  let result = '';
  for (let index = 0; index < template.length; index++) {
    const character = template[index] as string;
    if (character === '\\' && escaped) result += template[++index] ?? '';
    else if (character === '{' && template[index + 1] === '}') {
      if (used === values.length) throw mismatch(template, values.length);
      result += shown(values[used++]);
      index++;
    } else if (character === '{') {
      throw new IntrinsicError(`The brace at position ${index} of '${template}' is not closed`);
    } else result += character;
  }
  if (used < values.length) throw mismatch(template, values.length);
  return result;
}

function mismatch(template: string, count: number): IntrinsicError {
  return new IntrinsicError(
    `'${template}' does not have as many {} as there are values (${count})`,
  );
}

/** Objects and lists appear as Java prints them: `{a=1, b=[x, y]}` (seen in recorded AWS answers). */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${shown(member)}`);
  return `{${members.join(', ')}}`;
}
