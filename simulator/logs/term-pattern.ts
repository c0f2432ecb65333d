import { compileRegex, invalidPattern } from './pattern-value.ts';

type Test = (message: string) => boolean;

/**
 * Terms: `ERROR`, `"two words"`, `%reg[ex]%`, `-absent`, `?either ?or`. They are case-sensitive and all
 * must match.
 */
export function compileTermPattern(text: string): Test {
  const required: Test[] = [];
  const optional: Test[] = [];
  const excluded: Test[] = [];
  let at = 0;
  while (at < text.length) {
    const match = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"]+))/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) throw invalidPattern(text);
    at = match.lastIndex;
    const [, sign, quoted, regex, bare = ''] = found;
    const test = regex === undefined ? contains(quoted, bare) : testRegex(regex);
    if (sign === '-') excluded.push(test);
    else if (sign === '?') optional.push(test);
    else required.push(test);
  }
  return (message) =>
    required.every((test) => test(message)) &&
    !excluded.some((test) => test(message)) &&
    // Beside required terms, optional ones decide nothing (CloudWatch Logs guide, filter patterns).
    (required.length > 0 || optional.length === 0 || optional.some((test) => test(message)));
}

function contains(quoted: string | undefined, bare: string): Test {
  const term = (quoted?.replace(/\\(.)/g, '$1') ?? bare).trim();
  return (message) => message.includes(term);
}

function testRegex(source: string): Test {
  const regex = compileRegex(source);
  return (message) => regex.test(message);
}
