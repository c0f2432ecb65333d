import { invalid, oneOf, onlyOne, required } from './check-fields.ts';
import { checkItemReader } from './check-item-reader.ts';
import { checkResultWriter } from './check-result-writer.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isDistributedMap, processorConfig, processorMode } from './distributed-map.ts';
import { isObject, type LocatedState } from './located-states.ts';
import { boundsProblem } from './state-fields.ts';

const distributedFields = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
  'Label',
];
const longestLabel = 40;
/** White space, wildcards, brackets and special characters that a label must not hold (Map state page). */
const forbiddenInLabel = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\p{Cc}]/u;
const largestBatchBytes = 262_144;

/** How a Map's iterations run, and the fields that only distributed ones have. */
export function checkMap(located: LocatedState): Diagnostic[] {
  const { state, location } = located;
  if (state.Type !== 'Map') return [];
  const at = `${location}/ItemProcessor/ProcessorConfig`;
  const mode = processorMode(state);
  if (mode !== undefined && mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    return [invalid(oneOf(['INLINE', 'DISTRIBUTED']), `${at}/Mode`)];
  }
  if (!isDistributedMap(state)) {
    return distributedFields
      .filter((field) => field in state)
      .map((field) =>
        invalid(
          `Field '${field}' is only supported by Maps in DISTRIBUTED mode`,
          `${location}/${field}`,
        ),
      );
  }
  const { ExecutionType: type } = processorConfig(state);
  return [
    ...checkExecutionType(type, at),
    ...checkLabel(state.Label, `${location}/Label`),
    ...checkBatcher(state.ItemBatcher, `${location}/ItemBatcher`),
    ...checkItemReader(located),
    ...checkResultWriter(located),
  ];
}

/** Words as measured by cdk-preflight (rule pf-sfn-asl-map-distributed). */
function checkExecutionType(type: unknown, at: string): Diagnostic[] {
  if (type === 'STANDARD' || type === 'EXPRESS') return [];
  if (type === undefined) return [required(['ExecutionType'], at)];
  return [invalid(oneOf(['STANDARD', 'EXPRESS']), `${at}/ExecutionType`)];
}

function checkLabel(label: unknown, location: string): Diagnostic[] {
  if (label === undefined) return [];
  const fits = typeof label === 'string' && label !== '' && label.length <= longestLabel;
  if (fits && !forbiddenInLabel.test(label)) return [];
  if (typeof label === 'string' && label.length > longestLabel) {
    const message = `Invalid Label name: '${label}' exceeds the ${longestLabel}-character limit allowed by the service`;
    return [problem('INVALID_LABEL_NAME', message, location)];
  }
  return [
    invalid(
      `Label must be a text of 1 to ${longestLabel} characters without white space, wildcards, brackets and special characters`,
      location,
    ),
  ];
}

function checkBatcher(batcher: unknown, location: string): Diagnostic[] {
  if (batcher === undefined) return [];
  if (!isObject(batcher)) return [invalid('ItemBatcher must be an object', location)];
  const limits = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'];
  if (!limits.some((field) => field in batcher || `${field}Path` in batcher)) {
    return [invalid(`ItemBatcher needs at least one of ${limits.join(', ')}`, location)];
  }
  return [
    ...twice(batcher, limits, location),
    ...within(batcher, 'MaxItemsPerBatch', { most: Number.MAX_SAFE_INTEGER }, location),
    ...within(batcher, 'MaxInputBytesPerBatch', { most: largestBatchBytes }, location),
  ];
}

/** A field and its `…Path` exclude each other. */
function twice(
  holder: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  at: string,
): Diagnostic[] {
  return fields
    .filter((field) => field in holder && `${field}Path` in holder)
    .map((field) => invalid(onlyOne([field, `${field}Path`]), at));
}

/** Numbers that are given outright; expressions are looked at when the state runs. */
function within(
  holder: Readonly<Record<string, unknown>>,
  field: string,
  { most }: { readonly most: number },
  at: string,
): Diagnostic[] {
  const value = holder[field];
  if (typeof value !== 'number') return [];
  const found = boundsProblem(value, { min: 0, max: most, integer: true });
  return found === undefined ? [] : [invalid(found, `${at}/${field}`)];
}
