import type { Readable } from 'node:stream';

/**
 * Splits a child's output into lines. A NUL begins the bootstrap's end-of-invocation marker: pipes and
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
    const text = marker < 0 ? line : line.slice(0, marker);
    if (text !== '') onLine(text);
    if (marker >= 0) onEndOfInvocation();
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream.once('end', () => {
    take(rest);
    rest = '';
  });
}
