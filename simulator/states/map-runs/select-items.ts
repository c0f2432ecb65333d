import type { MapState } from '../definition/workflow.ts';
import { contextObject } from '../interpreter/context-object.ts';
import { effectiveInput, evaluateTemplate, pathData } from '../interpreter/path-fields.ts';
import type { Visit } from '../interpreter/visit.ts';
import type { SourcedItem } from './read-items.ts';

/** Each item through ItemSelector (in older definitions Parameters), or as it is. */
export async function selectItems(
  visit: Visit<MapState>,
  items: readonly SourcedItem[],
): Promise<unknown[]> {
  const { state, usesJsonPath } = visit;
  const selector = state.ItemSelector ?? (usesJsonPath ? state.Parameters : undefined);
  if (selector === undefined) return items.map(({ value }) => value);
  const base = contextObject(visit);
  const input = usesJsonPath ? effectiveInput(visit) : undefined;
  const selected: unknown[] = [];
  for (const [Index, { value: Value, key, source: Source }] of items.entries()) {
    const Item = { Index, ...(key !== undefined && { Key: key }), Value, Source };
    const context = { ...base, Map: { Item } };
    selected.push(
      usesJsonPath
        ? evaluateTemplate(visit, selector, pathData(visit, input, context))
        : await visit.evaluate(selector, 'ItemSelector', { context }),
    );
  }
  return selected;
}
