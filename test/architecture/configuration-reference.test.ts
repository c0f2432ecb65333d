import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../functions/core/config/json-schema.ts';
import { repositoryRoot } from './source-files.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** The schema with its references replaced; any JSON value refers to itself and ends there. */
function dereferenced(root: Schema): Schema {
  const resolve = (value: unknown, within: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, within));
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Schema;
    const members = Object.fromEntries(
      Object.entries(rest).map(([name, member]) => [name, resolve(member, within)]),
    );
    const name = $ref?.replace('#/$defs/', '');
    if (name === undefined || within.includes(name)) return members;
    return { ...Object(resolve(root.$defs?.[name], [...within, name])), ...members };
  };
  const { $defs: _, ...outline } = root;
  return resolve(outline, []) as Schema;
}

/** Fields with their defaults as the page spells them; those that only hold other fields are left out. */
function fieldsOf(schema: Schema, section: string, path: string, defaults: unknown): string[][] {
  const all = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  // One of them or a list of them: the page says so once.
  const alternatives = all.filter(({ items }) => !(items && all.some((one) => isSame(one, items))));
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const given = member.default ?? Object(defaults)[name];
    const nested = fieldsOf(member, section, at, given);
    if (member.properties) return nested;
    const required = schema.required?.includes(name) ? 'required' : '–';
    return [[section, at, given === undefined ? required : JSON.stringify(given)], ...nested];
  });
  const each = schema.additionalProperties;
  return [
    ...below,
    ...alternatives.flatMap((alternative) => fieldsOf(alternative, section, path, undefined)),
    ...(typeof each === 'object' ? fieldsOf(each, section, `${path}.*`, undefined) : []),
    ...itemsOf(schema.items, [section, path].filter(Boolean).join('.')),
  ];
}

function isSame(left: Schema, right: Schema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Members of a list begin a section; checks of one type are the same at each lifecycle event. */
function itemsOf(items: Schema | undefined, list: string): string[][] {
  const section = `${list.replace(/checks\.\w+$/, 'checks.*')}[]`;
  if (items?.properties) return fieldsOf(items, section, '', undefined);
  return (items?.oneOf ?? []).flatMap((one) =>
    fieldsOf(one, `${section} ${one.properties?.type?.const}`, '', undefined),
  );
}

const unique = (rows: readonly string[][]) => [...new Set(rows.map((row) => row.join(' | ')))];

/**
 * Rows of the page: section, field and default; a cell may name several fields. A heading names a list and, where
 * its members differ by type, one type or several that share a table.
 */
function documentedFields(text: string): string[] {
  const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  let sections = [''];
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) {
      const [list = '', ...types] = codes(line);
      sections = types.length === 0 ? [list] : types.map((type) => `${list} ${type}`);
    }
    const [, field = '', value = ''] = line.split(' | ').length > 2 ? line.split(/^\| | \| /) : [];
    return sections.flatMap((section) =>
      codes(field).map((name) => [section, name, value.replaceAll('`', '')].join(' | ')),
    );
  });
}

describe('docs/reference/configuration.md', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/reference/configuration.md'), 'utf8');

  it('names every field of the schema with its default, and no other', () => {
    const expected = unique(
      fieldsOf(dereferenced(configJsonSchema() as Schema), '', '', undefined),
    );
    expect(expected).toContain('services[].checks.*[] http | expect.errorShare.max | 0');
    expect(documentedFields(page).toSorted()).toEqual(expected.toSorted());
  });
});
