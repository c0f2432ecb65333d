/** Fewer columns than these are not worth a margin. */
const leastRoom = 28;

/** Of text that goes below its head. */
export const smallMargin = '      ';

/**
 * `head` and behind it `text`, broken between words so that no line is longer than `columns`, with further lines
 * below the text's begin. Where that leaves too little room the text goes below the head. A word that is longer
 * than a line, an ARN for one, stays whole. `headWidth` counts what is seen: colours take no columns.
 */
export function hangText(
  head: string,
  headWidth: number,
  text: string,
  columns: number,
): readonly string[] {
  if (headWidth + text.length <= columns) return [`${head}${text}`];
  const room = columns - headWidth;
  if (room < leastRoom) {
    const below = wrapWords(text, columns - smallMargin.length);
    return [head.trimEnd(), ...below.map((line) => `${smallMargin}${line}`)];
  }
  const margin = ' '.repeat(headWidth);
  return wrapWords(text, room).map((line, at) => `${at === 0 ? head : margin}${line}`);
}

function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= columns) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
