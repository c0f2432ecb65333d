export type KeywordKind =
  | 'schema'
  | 'schemas'
  | 'schema-or-schemas'
  | 'schema-map'
  | 'pattern-map'
  | 'type'
  | 'count'
  | 'number'
  | 'positive'
  | 'boolean'
  | 'pattern'
  | 'text'
  | 'names'
  | 'names-map'
  | 'values'
  | 'reference'
  | 'any';

/**
 * Keywords of drafts 7 and 2020-12 that our validator acts on, or that say nothing about validity, with what their
 * values must be. Sources: JSON Schema Validation, drafts 2020-12 and 7. Anchors, dynamic references and schemas with
 * an id of their own inside are left out: nothing needs them in one expectation.
 */
export const keywordKinds: Readonly<Record<string, KeywordKind>> = {
  $schema: 'text',
  $comment: 'text',
  $ref: 'reference',
  $defs: 'schema-map',
  definitions: 'schema-map',
  title: 'text',
  description: 'text',
  default: 'any',
  examples: 'any',
  deprecated: 'boolean',
  readOnly: 'boolean',
  writeOnly: 'boolean',
  type: 'type',
  enum: 'values',
  const: 'any',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: the name of a keyword
  then: 'schema',
  else: 'schema',
  multipleOf: 'positive',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  minLength: 'count',
  maxLength: 'count',
  pattern: 'pattern',
  format: 'text',
  items: 'schema-or-schemas',
  prefixItems: 'schemas',
  additionalItems: 'schema',
  unevaluatedItems: 'schema',
  contains: 'schema',
  minContains: 'count',
  maxContains: 'count',
  minItems: 'count',
  maxItems: 'count',
  uniqueItems: 'boolean',
  properties: 'schema-map',
  patternProperties: 'pattern-map',
  additionalProperties: 'schema',
  unevaluatedProperties: 'schema',
  propertyNames: 'schema',
  required: 'names',
  dependentRequired: 'names-map',
  dependentSchemas: 'schema-map',
  minProperties: 'count',
  maxProperties: 'count',
};
