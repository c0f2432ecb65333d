/** The draft that a JSON Schema names; 2020-12 when it names none, undefined when it names one that is not supported. */
export function namedDraft(schema: Readonly<Record<string, unknown>>): '7' | '2020-12' | undefined {
  const { $schema } = schema;
  if ($schema === undefined) return '2020-12';
  if (typeof $schema !== 'string') return undefined;
  if (/^https?:\/\/json-schema\.org\/draft-07\/schema#?$/.test($schema)) return '7';
  return /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test($schema)
    ? '2020-12'
    : undefined;
}

/** The draft to validate with; validation of the configuration has refused all others. */
export function jsonSchemaDraft(schema: Readonly<Record<string, unknown>>): '7' | '2020-12' {
  return namedDraft(schema) ?? '2020-12';
}
