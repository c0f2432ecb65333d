import type { MapState } from '../definition/workflow.ts';
import { effectiveInput, evaluatePath } from '../interpreter/path-fields.ts';
import type { Visit } from '../interpreter/visit.ts';

/**
 * A non-negative number that a part of a distributed Map gives outright, as JSONata or by a `…Path` field;
 * undefined when it gives none.
 */
export async function limitField(
  visit: Visit<MapState>,
  holder: object,
  field: string,
  at = '',
  options: { readonly most?: number; readonly fraction?: boolean } = {},
): Promise<number | undefined> {
  const value = await given(visit, holder as Readonly<Record<string, unknown>>, field, at);
  if (value === undefined) return undefined;
  const { most = Number.MAX_SAFE_INTEGER, fraction = false } = options;
  const fits = typeof value === 'number' && value >= 0 && value <= most;
  if (fits && (fraction || Number.isInteger(value))) return value;
  const kind = fraction ? `a number from 0 to ${most}` : 'a non-negative integer';
  throw visit.fieldFailure(`The field '${field}' must be ${kind}, not ${JSON.stringify(value)}.`);
}

async function given(
  visit: Visit<MapState>,
  holder: Readonly<Record<string, unknown>>,
  field: string,
  at: string,
): Promise<unknown> {
  if (!visit.usesJsonPath) {
    const template = holder[field];
    const location = at === '' ? field : `${at}/${field}`;
    return template === undefined ? undefined : visit.evaluate(template, location);
  }
  const path = holder[`${field}Path`];
  if (typeof path !== 'string') return holder[field];
  return evaluatePath(visit, path, effectiveInput(visit), () =>
    visit.failure(
      'States.Runtime',
      `The ${field}Path parameter does not reference an input value: ${path}`,
    ),
  );
}
