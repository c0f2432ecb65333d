import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The awslogs driver cuts longer lines: CloudWatch Logs takes events of 262,144 bytes, 26 of them its own. */
const longestLine = 262_118;

/** Splits what a container prints into lines, so that one without an end does not fill the memory either. */
export function readContainerOutput(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) cut(line.replace(/\r$/, '')).forEach(onLine);
    if (rest.length < longestLine) return;
    const [unfinished = '', ...pieces] = cut(rest).reverse();
    rest = unfinished;
    pieces.reverse().forEach(onLine);
  });
  stream.once('end', () => {
    if (rest !== '') cut(rest).forEach(onLine);
    rest = '';
  });
}

function cut(line: string): string[] {
  const pieces = [line.slice(0, longestLine)];
  for (let from = longestLine; from < line.length; from += longestLine) {
    pieces.push(line.slice(from, from + longestLine));
  }
  return pieces;
}
