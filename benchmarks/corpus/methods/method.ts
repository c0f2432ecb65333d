import type { Assemblies, Setting } from '../assemblies.ts';
import type { CorpusEntry } from '../entry.ts';
import type { PlayedRelease } from '../played-release.ts';

/** A place to release to, with clients in front of it; usable again as long as the original stays. */
export interface MethodStage {
  /** `number` makes the image's tag unique on this stage. */
  play(entry: CorpusEntry, number: number): Promise<PlayedRelease>;
  stop(): Promise<void>;
}

/** One way of releasing. */
export interface Method {
  readonly name: MethodName;
  open(setting: Setting, assemblies: Assemblies): Promise<MethodStage>;
}

export type MethodName =
  | 'greengate'
  | 'greengate-rolling'
  | 'no-hooks'
  | 'one-request-hook'
  | 'flagger'
  | 'argo';
