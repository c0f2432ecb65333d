type Fields = Readonly<Record<string, unknown>>;

/** `{"a.b": x}` as `{"a": {"b": x}}`: patterns and events join names with dots (event patterns page, considerations). */
export function nestNames(fields: Fields): Fields {
  if (!Object.keys(fields).some((name) => name.includes('.'))) return fields;
  const nested = new Map<string, unknown>();
  for (const [name, value] of Object.entries(fields)) {
    const dot = name.indexOf('.');
    const [first, content] =
      dot < 0 ? [name, value] : [name.slice(0, dot), { [name.slice(dot + 1)]: value }];
    const known = nested.get(first);
    nested.set(first, isFields(known) && isFields(content) ? { ...known, ...content } : content);
  }
  return Object.fromEntries(nested);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
