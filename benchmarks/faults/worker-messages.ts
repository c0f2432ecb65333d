import type { Strategy } from '../../functions/core/config/target-schema.ts';
import type { ScenarioName } from './fault-case.ts';
import type { PlayedCase } from './play-case.ts';
import type { SelfTested } from './self-test.ts';
import type { Trace } from './trace.ts';

/** Folder of the cloud assembly of each strategy that is played. */
export type Assemblies = Readonly<Partial<Record<Strategy, string>>>;

/** What the campaign asks of a worker, one thing at a time. */
export type ParentMessage =
  | { readonly kind: 'open'; readonly assemblies: Assemblies }
  | { readonly kind: 'record'; readonly scenario: ScenarioName }
  | { readonly kind: 'play'; readonly caseId: string }
  | { readonly kind: 'self-test' }
  | { readonly kind: 'end' };

/** The answer to each of them. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'recorded'; readonly scenario: ScenarioName; readonly trace: Trace }
  | { readonly kind: 'played'; readonly played: PlayedCase }
  | { readonly kind: 'self-tested'; readonly tested: readonly SelfTested[] }
  | { readonly kind: 'broken'; readonly reason: string };
