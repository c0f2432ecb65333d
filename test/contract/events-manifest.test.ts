import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const directory = fileURLToPath(new URL('../../events/', import.meta.url));

const manifestSchema = z.strictObject({
  events: z.array(
    z.strictObject({
      id: z.string().min(1),
      file: z.string().min(1),
      shape: z.string().min(1),
      source: z.string().regex(/^(https:\/\/docs\.aws\.amazon\.com\/|observed in |written here$)/),
      writtenFrom: z.string().min(1),
      date: z.iso.date(),
      sanitised: z.string().min(1),
      breaks: z.string().min(1).optional(),
    }),
  ),
});

const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
const { events } = manifestSchema.parse(read('manifest.json'));

describe('the manifest of sample events', () => {
  it('lists every file below events/, and nothing that is not there', () => {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
      .map((entry) => posix.join(entry.parentPath, entry.name).slice(directory.length));

    expect(events.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('gives every sample an id of its own', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('says what is broken in exactly the invalid ones', () => {
    const broken = events.filter(({ breaks }) => breaks !== undefined);

    expect(broken.map(({ file }) => file)).toEqual(
      events.map(({ file }) => file).filter((file) => file.startsWith('invalid/')),
    );
  });

  it.each(events)('$file is JSON with made-up values only', ({ file }) => {
    const text = readFileSync(join(directory, file), 'utf8');

    expect(() => JSON.parse(text)).not.toThrow();
    const accounts = text.match(/\b\d{12}\b/g) ?? [];
    expect(accounts.filter((id) => id !== '123456789012' && !id.startsWith('0000000'))).toEqual([]);
  });
});

describe('a sample event with an envelope', () => {
  const enveloped = events.filter(
    ({ file, shape }) => !file.startsWith('invalid/') && shape !== 'lifecycle-hook',
  );

  it.each(enveloped)('$file has every member EventBridge adds', ({ file }) => {
    expect(Object.keys(read(file) as object)).toEqual([
      'version',
      'id',
      'detail-type',
      'source',
      'account',
      'time',
      'region',
      'resources',
      'detail',
    ]);
  });

  it('has an id that no other sample has', () => {
    const ids = enveloped.map(({ file }) => (read(file) as { id: string }).id);

    expect(new Set(ids).size).toBe(enveloped.length);
  });
});
