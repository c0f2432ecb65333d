import { type Diagnostic, unmodelled } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

const distributedFields = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Label',
];

/** Only inline Maps run: whatever belongs to distributed ones is refused. */
export function checkMap({ state, location }: LocatedState): Diagnostic[] {
  if (state.Type !== 'Map') return [];
  const fields = distributedFields
    .filter((field) => field in state)
    .map((field) => unmodelled(`Map field '${field}'`, `${location}/${field}`));
  const processor = isObject(state.ItemProcessor) ? state.ItemProcessor : {};
  const config = isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
  if (config.Mode === undefined || config.Mode === 'INLINE') return fields;
  const at = `${location}/ItemProcessor/ProcessorConfig/Mode`;
  return [...fields, unmodelled(`Map mode ${JSON.stringify(config.Mode)}`, at)];
}
