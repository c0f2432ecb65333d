import { describe, expect, it } from 'vitest';
import { jsonSchemaIssues } from '../../../functions/core/config/json-schema-rules.ts';

const issuesOf = (schema: unknown) =>
  jsonSchemaIssues([], schema).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('jsonSchemaIssues', () => {
  it.each([
    [
      { type: 'strng' },
      'type: is "strng", expected string, number, integer, boolean, null, array, object',
    ],
    [{ type: [] }, 'type: is [], expected string'],
    [{ requried: ['a'] }, 'requried: is not a keyword of JSON Schema'],
    [{ required: 'a' }, 'required: is "a", expected a list of names'],
    [{ properties: { a: { minimum: '1' } } }, 'properties.a.minimum: is "1", expected a number'],
    [
      { properties: { a: 'string' } },
      'properties.a: is not a JSON Schema, expected a map, true or false',
    ],
    [{ items: { maxItems: -1 } }, 'items.maxItems: is -1, expected a whole number'],
    [{ multipleOf: 0 }, 'multipleOf: is 0, expected a number above 0'],
    [{ anyOf: [] }, 'anyOf: is [], expected a list of schemas'],
    [{ anyOf: [{}, { pattern: '(' }] }, 'anyOf.1.pattern: is not a regular expression'],
    [{ patternProperties: { '(a+)+': {} } }, 'patternProperties.(a+)+: repeats something'],
    [{ uniqueItems: 1 }, 'uniqueItems: is 1, expected true or false'],
    [{ enum: 'a' }, 'enum: is "a", expected a list of values'],
    [
      { dependentRequired: { a: 'b' } },
      'dependentRequired: is {"a":"b"}, expected a map of lists of names',
    ],
    [{ $ref: '#/$defs/gone' }, '$ref: is #/$defs/gone, where this schema has nothing'],
    [
      { $ref: 'https://example.org/a.json' },
      '$ref: is "https://example.org/a.json", expected a pointer into',
    ],
    [
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      '$schema: is "http://json-schema.org/draft-04/schema#", expected draft',
    ],
    [{ $ref: '#/%E0%A4' }, '$ref: is "#/%E0%A4", expected a pointer into this schema'],
    [{ $ref: '#' }, ': refers to itself without end'],
    [
      {
        $defs: { a: { $ref: '#/$defs/b' }, b: { anyOf: [{ $ref: '#/$defs/a' }] } },
        $ref: '#/$defs/a',
      },
      ': refers to itself without end',
    ],
    [{ $ref: 7 }, '$ref: is 7, expected a pointer into this schema'],
  ])('refuses %j', (schema, issue) => {
    expect(issuesOf(schema)).toEqual([expect.stringContaining(issue)]);
  });

  it.each([
    [{}],
    [{ $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }, true] }],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{}], items: false }],
    [{ $defs: { 'a/b': { type: ['string', 'null'] } }, $ref: '#/$defs/a~1b' }],
    [{ type: 'object', properties: { child: { $ref: '#' } } }],
    [{ if: { const: 1 }, else: { not: { enum: [null] } }, 'x-comment': 1, default: 'any' }],
  ])('takes %j', (schema) => {
    expect(issuesOf(schema)).toEqual([]);
  });

  it('names all mistakes of a schema, however deep', () => {
    const schema = {
      type: 'x',
      properties: { a: { items: { type: 'y' } } },
      allOf: [{ minLength: 0.5 }],
    };

    expect(issuesOf(schema).map((issue) => issue.split(':')[0])).toEqual([
      'type',
      'properties.a.items.type',
      'allOf.0.minLength',
    ]);
  });
});
