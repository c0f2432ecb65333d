import { settingKey } from './assemblies.ts';
import type { CorpusEntry } from './entry.ts';
import { replayedMethods } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';
import type { Batch } from './worker-messages.ts';

/** Entries of one setting that follow each other; more would leave the last worker alone with them. */
const longestBatch = 8;

/** Batches of entries with one setting each, the longest first, so that workers end at about one time. */
export function planBatches(
  entries: readonly CorpusEntry[],
  methods: readonly MethodName[],
  wanted: (method: MethodName, name: string) => boolean = () => true,
): Batch[] {
  const batches = together(methods).flatMap((some) =>
    groups(entries.filter(({ name }) => some.some((method) => wanted(method, name)))).flatMap(
      (group) =>
        chunks(group, longestBatch).map((chunk) => ({
          methods: some,
          names: chunk.map(({ name }) => name),
        })),
    ),
  );
  return batches.toSorted((a, b) => b.names.length - a.names.length);
}

/** Replays judge one observation of a release: one worker plays them all. */
function together(methods: readonly MethodName[]): (readonly MethodName[])[] {
  const replays = methods.filter((method) => replayedMethods.includes(method));
  const rehearsed = methods.filter((method) => !replayedMethods.includes(method));
  return [...rehearsed.map((method) => [method]), ...(replays.length > 0 ? [replays] : [])];
}

function groups(entries: readonly CorpusEntry[]): CorpusEntry[][] {
  const bySetting = new Map<string, CorpusEntry[]>();
  for (const entry of entries) {
    const key = settingKey(entry);
    bySetting.set(key, [...(bySetting.get(key) ?? []), entry]);
  }
  return [...bySetting.values()];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
