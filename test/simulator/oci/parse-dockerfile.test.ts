import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../simulator/oci/dockerfile/dockerfile-error.ts';
import { parseDockerfile } from '../../../simulator/oci/dockerfile/parse-dockerfile.ts';

describe('parseDockerfile', () => {
  it('joins continued lines, passes over comments inside them, and keeps the first line number', () => {
    const text =
      '# syntax=docker/dockerfile:1\nfrom node:24\n\nENV A=1 \\\n  # why\n\n  B=2\r\nUSER node\n';

    expect(parseDockerfile(text)).toEqual([
      { line: 2, keyword: 'FROM', argument: 'node:24' },
      { line: 4, keyword: 'ENV', argument: 'A=1   B=2' },
      { line: 8, keyword: 'USER', argument: 'node' },
    ]);
  });

  it.each([
    ['FROM node\nEXPOSE', 'Dockerfile line 2: EXPOSE needs an argument'],
    ['FROM node\n!x y', 'Dockerfile line 2: "!x" is not an instruction'],
    [
      '# escape=`\nFROM node',
      'Dockerfile line 1: escape=` is not supported, only the backslash is',
    ],
    ['COPY <<EOF /x\nhi\nEOF', 'Dockerfile line 1: COPY with a here-document is not supported'],
  ])('refuses %j with its line', (text, message) => {
    expect(() => parseDockerfile(text)).toThrow(message);
  });

  it('finds every instruction again at its line, however many comments stand between', () => {
    const filler = fc.array(fc.constantFrom('', '# note', '   # note', '   '), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(filler, { minLength: 1, maxLength: 8 }), (gaps) => {
        const lines = gaps.flatMap((gap, index) => [...gap, `ENV N=${index}`]);
        const expected = lines.flatMap((line, index) =>
          line.startsWith('ENV')
            ? [{ line: index + 1, keyword: 'ENV', argument: line.slice(4) }]
            : [],
        );

        expect(parseDockerfile(lines.join('\n'))).toEqual(expected);
      }),
    );
  });

  it('ends on any text, with instructions or a DockerfileError', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseDockerfile(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
        }
      }),
    );
  });
});
