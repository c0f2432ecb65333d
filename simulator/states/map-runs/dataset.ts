import type { ReaderConfig } from '../definition/workflow.ts';
import { csvDelimiters, csvItems, parseCsv } from './csv.ts';
import { itemReaderFailed } from './map-run-failure.ts';

/** One thing to be worked on; `key` is the member's name when a JSON object is iterated over. */
export interface DatasetItem {
  readonly value: unknown;
  readonly key?: string;
}

type Format = (text: string, config: ReaderConfig) => DatasetItem[];

const formats: Readonly<Record<string, Format>> = {
  JSON: (text, { ItemsPointer }) => jsonItems(pointed(parse(text), ItemsPointer)),
  JSONL: (text) =>
    text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => ({ value: parse(line) })),
  CSV: (text, { CSVHeaderLocation, CSVHeaders = [], CSVDelimiter = 'COMMA' }) => {
    const rows = parseCsv(text.replace(/^\uFEFF/, ''), csvDelimiters[CSVDelimiter] ?? ',');
    const headers = CSVHeaderLocation === 'GIVEN' ? CSVHeaders : (rows.shift() ?? []);
    return csvItems(rows, headers).map((value) => ({ value }));
  },
};

/** Items of a file as ReaderConfig describes it (ItemReader page); throws States.ItemReaderFailed. */
export function datasetItems(text: string, config: ReaderConfig): DatasetItem[] {
  const format = formats[config.InputType ?? ''];
  if (!format) throw itemReaderFailed(`InputType ${config.InputType} is not modelled`);
  return format(text, config);
}

/** Elements of a list, or the members of an object as pairs of Key and Value (Map state page). */
export function jsonItems(data: unknown): DatasetItem[] {
  if (Array.isArray(data)) return data.map((value: unknown) => ({ value }));
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data).map(([Key, Value]) => ({ value: { Key, Value }, key: Key }));
  }
  // Seen in recorded AWS answers.
  throw itemReaderFailed('Attempting to map over non-iterable node.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw itemReaderFailed(`The dataset is not valid JSON: ${(error as Error).message}`);
  }
}

/** RFC 6901, as ItemsPointer has it. */
function pointed(data: unknown, pointer: string | undefined): unknown {
  if (pointer === undefined) return data;
  const names = pointer.split('/').slice(1);
  let node = data;
  for (const name of names) {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) {
      throw itemReaderFailed(`The ItemsPointer '${pointer}' names nothing in the dataset`);
    }
    node = Reflect.get(node, key);
  }
  return node;
}
