import type { MethodName } from './methods/method.ts';
import type { PlayedRelease } from './played-release.ts';

/** Entries that share a setting, in the order in which one worker plays them, under one method after the other. */
export interface Batch {
  readonly methods: readonly MethodName[];
  readonly names: readonly string[];
}

/** From a worker: a release was played, or its batch is over. */
export type WorkerMessage =
  | { readonly kind: 'played'; readonly method: MethodName; readonly release: PlayedRelease }
  | { readonly kind: 'ready' };

export type ParentMessage =
  | { readonly kind: 'play'; readonly batch: Batch }
  | { readonly kind: 'end' };
