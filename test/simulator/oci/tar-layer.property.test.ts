import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { type LayerFile, tarLayer } from '../../../simulator/oci/tar-layer.ts';
import { digestOf } from './read-image.ts';

const part = fc
  .string({ unit: fc.constantFrom('a', 'B', '0', '.', '-', 'ü', '_'), minLength: 1, maxLength: 60 })
  .filter((text) => !/^\.+$/.test(text));
const file = fc.record({
  // Folders and files differ in their last letter, so that no path is both.
  path: fc
    .tuple(
      fc.array(
        part.map((text) => `${text}d`),
        { maxLength: 4 },
      ),
      part.map((text) => `${text}f`),
    )
    .map(([folders, name]) => [...folders, name].join('/')),
  content: fc.uint8Array({ maxLength: 1_500 }),
});
const files = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 12 });

async function unpack(tar: Buffer): Promise<Map<string, Buffer | 'directory'>> {
  const found = new Map<string, Buffer | 'directory'>();
  const stream = extract();
  stream.end(tar);
  for await (const entry of stream) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    found.set(
      entry.header.name,
      entry.header.type === 'directory' ? 'directory' : Buffer.concat(chunks),
    );
  }
  return found;
}

describe('tarLayer', () => {
  it('gives back every file, long and foreign names included, each folder before what is in it', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (input) => {
        const layer = await tarLayer({ files: input, directories: [] });
        const tar = gunzipSync(layer.bytes);
        const found = await unpack(tar);

        expect(layer.diffId).toBe(digestOf(tar));
        for (const { path, content } of input) {
          expect(found.get(path)).toEqual(Buffer.from(content));
        }
        const names = [...found.keys()];
        for (const name of names) {
          const parent = name.replace(/\/$/, '').split('/').slice(0, -1).join('/');
          if (parent) expect(names.indexOf(`${parent}/`)).toBeLessThan(names.indexOf(name));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order in which files are given', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (input: LayerFile[]) => {
        const forwards = await tarLayer({ files: input, directories: [] });
        const backwards = await tarLayer({ files: input.toReversed(), directories: [] });

        expect(backwards.descriptor).toEqual(forwards.descriptor);
      }),
      { numRuns: 25 },
    );
  });
});
