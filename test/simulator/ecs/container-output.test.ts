import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readContainerOutput } from '../../../simulator/ecs/container-output.ts';

async function linesOf(...chunks: (string | Buffer)[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readContainerOutput(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  const ended = new Promise((resolve) => stream.once('end', resolve));
  stream.end();
  await ended;
  return lines;
}

const euro = Buffer.from('€');

it.each<[string, (string | Buffer)[], string[]]>([
  ['lines in one piece', ['a\nb\n'], ['a', 'b']],
  ['an empty line between', ['a\n\nb\n'], ['a', '', 'b']],
  ['a last line without an end', ['a\nb'], ['a', 'b']],
  ['a line in pieces', ['a', 'b', 'c\n'], ['abc']],
  ['line ends of Windows', ['a\r\nb\r\n'], ['a', 'b']],
  ['a character cut in two', [euro.subarray(0, 1), euro.subarray(1), '\n'], ['€']],
])('reads %s', async (_, chunks, lines) => {
  expect(await linesOf(...chunks)).toEqual(lines);
});

it('cuts a line that never ends where the awslogs driver does', async () => {
  const lines = await linesOf('x'.repeat(200_000), 'x'.repeat(400_000));
  expect(lines.map(({ length }) => length)).toEqual([262_118, 262_118, 75_764]);
});
