import type { ServiceConfig } from '../config/schema.ts';

/** A tag that moved, as far as anybody can tell without having been told. */
export interface SeenMove {
  /** Epoch milliseconds: then the tag still named something else. */
  readonly notBeforeMs: number;
  /** Epoch milliseconds: the first sweep that saw it where it is. */
  readonly seenMs: number;
}

export interface SeenTag {
  readonly digest: string;
  /** Set until somebody released the image since, or the sweep has. */
  readonly moved?: SeenMove;
}

/**
 * What the sweep saw of one service, `sweep/SERVICE.json`: ECR does not say when a tag came to name an image
 * (imagePushedAt is the image's own, aws-facts 1.5), so only who looked before can tell that it moved.
 */
export interface SweepMemory {
  readonly repository: string;
  readonly patterns: readonly string[];
  /** Epoch milliseconds; what was pushed before is not Greengate's to start. */
  readonly sinceMs: number;
  /** Epoch milliseconds. */
  readonly sweptAtMs: number;
  /** By tag; those that the patterns take. */
  readonly tags: Readonly<Record<string, SeenTag>>;
}

export function sweepMemoryKey(service: string): string {
  return `sweep/${service}.json`;
}

/**
 * What an earlier sweep remembered; undefined when there is none. A sweep for other tags has none for these, and a
 * pattern that takes more must not make news of what was there before.
 */
export function parseSweepMemory(
  document: unknown,
  { image }: Pick<ServiceConfig, 'image'>,
): SweepMemory | 'of-other-tags' | undefined {
  if (!isSweepMemory(document)) return undefined;
  const same =
    document.repository === image.repository &&
    JSON.stringify(document.patterns) === JSON.stringify(image.tags);
  return same ? document : 'of-other-tags';
}

/** Only the sweep writes the key, so what decides is checked and the rest is trusted. */
function isSweepMemory(document: unknown): document is SweepMemory {
  return (
    typeof document === 'object' &&
    document !== null &&
    'sweptAtMs' in document &&
    typeof document.sweptAtMs === 'number' &&
    'sinceMs' in document &&
    typeof document.sinceMs === 'number' &&
    'repository' in document &&
    'patterns' in document &&
    'tags' in document &&
    typeof document.tags === 'object' &&
    document.tags !== null
  );
}
