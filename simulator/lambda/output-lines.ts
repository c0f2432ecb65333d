import type { Readable } from 'node:stream';
import { lineBreak } from './console-lines.mjs';

/** CloudWatch Logs takes events of 262,144 bytes, 26 of them its own; a longer line becomes several. */
const longestLine = 262_118;
/** A NUL and a request id. */
const longestMarker = 64;

/**
 * Splits a child's output into lines; messages of the console keep their line breaks. A NUL begins the bootstrap's end-of-invocation marker: pipes and
 * sockets are not ordered among each other, so the answer alone does not say that all output was read.
 */
export function readOutputLines(
  stream: Readable,
  onLine: (line: string) => void,
  onEndOfInvocation: () => void,
): void {
  let rest = '';
  const take = (line: string) => {
    const marker = line.indexOf('\0');
    const text = (marker < 0 ? line : line.slice(0, marker)).replaceAll(lineBreak, '\n');
    for (let from = 0; from < text.length; from += longestLine) {
      onLine(text.slice(from, from + longestLine));
    }
    if (marker >= 0) onEndOfInvocation();
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    // A flood without an end of line does not fill the memory either.
    if (rest.length < longestLine) return;
    const marker = rest.lastIndexOf('\0');
    const end = marker > rest.length - longestMarker ? marker : rest.length;
    take(rest.slice(0, end));
    rest = rest.slice(end);
  });
  stream.once('end', () => {
    take(rest);
    rest = '';
  });
}
