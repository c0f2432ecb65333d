import type { ItemBatcher, MapState } from '../definition/workflow.ts';
import { dataLimitBytes } from '../interpreter/data-limit.ts';
import { effectiveInput, evaluateTemplate, pathData } from '../interpreter/path-fields.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';
import { limitField } from './limit-field.ts';

/** The input of one child execution and how many items are in it. */
export interface ChildInput {
  readonly input: unknown;
  readonly itemCount: number;
}

/** One child per item or, with an ItemBatcher, per batch (ItemBatcher page). */
export async function childInputs(
  visit: Visit<MapState>,
  items: readonly unknown[],
): Promise<ChildInput[]> {
  const { ItemBatcher: batcher } = visit.state;
  if (!batcher) return items.map((input) => ({ input, itemCount: 1 }));
  const most = await limitField(visit, batcher, 'MaxItemsPerBatch', 'ItemBatcher');
  const bytes = await limitField(visit, batcher, 'MaxInputBytesPerBatch', 'ItemBatcher');
  const BatchInput = await batchInput(visit, batcher);
  const shared = BatchInput === undefined ? {} : { BatchInput };
  const limits = {
    items: most || Number.MAX_SAFE_INTEGER,
    bytes: Math.min(bytes || dataLimitBytes, dataLimitBytes),
  };
  return batches(items, limits, byteLength({ ...shared, Items: [] })).map((Items) => ({
    input: { ...shared, Items },
    itemCount: Items.length,
  }));
}

/** As many items in each batch as both limits allow; `emptyBytes` is the size of a batch without any. */
export function batches(
  items: readonly unknown[],
  limits: { readonly items: number; readonly bytes: number },
  emptyBytes: number,
): unknown[][] {
  const all: unknown[][] = [];
  let current: unknown[] = [];
  let size = emptyBytes;
  for (const item of items) {
    const itemBytes = byteLength(item);
    if (emptyBytes + itemBytes > limits.bytes) throw tooLarge(limits.bytes);
    // A comma stands between two items.
    const grown = size + itemBytes + (current.length > 0 ? 1 : 0);
    if (current.length > 0 && (current.length >= limits.items || grown > limits.bytes)) {
      all.push(current);
      current = [];
      size = emptyBytes + itemBytes;
    } else size = grown;
    current.push(item);
  }
  if (current.length > 0) all.push(current);
  return all;
}

async function batchInput(visit: Visit<MapState>, { BatchInput }: ItemBatcher): Promise<unknown> {
  if (BatchInput === undefined) return undefined;
  if (!visit.usesJsonPath) return visit.evaluate(BatchInput, 'ItemBatcher/BatchInput');
  return evaluateTemplate(visit, BatchInput, pathData(visit, effectiveInput(visit)));
}

function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}

function tooLarge(bytes: number): StatesError {
  return new StatesError(
    'States.DataLimitExceeded',
    `An item does not fit into a batch of at most ${bytes} bytes`,
  );
}
