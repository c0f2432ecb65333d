import jsonata from 'jsonata';

const expression = /^\{%([\s\S]*)%\}$/;

/**
 * Evaluates every `{% … %}` inside a field of a JSONata state, as Step Functions does, with `$states`, the
 * execution's variables and `$parse` bound.
 */
export async function evaluateJsonata(
  field: unknown,
  bindings: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (typeof field === 'string') {
    const source = expression.exec(field)?.[1];
    if (source === undefined) return field;
    const parse = (text: string): unknown => JSON.parse(text);
    const value: unknown = await jsonata(source).evaluate({}, { ...bindings, parse });
    if (value === undefined) throw new Error(`${field} is undefined`);
    return JSON.parse(JSON.stringify(value));
  }
  if (Array.isArray(field)) {
    return Promise.all(field.map((item) => evaluateJsonata(item, bindings)));
  }
  if (typeof field === 'object' && field !== null) {
    const members = Object.entries(field).map(async ([name, value]) => [
      name,
      await evaluateJsonata(value, bindings),
    ]);
    return Object.fromEntries(await Promise.all(members));
  }
  return field;
}
