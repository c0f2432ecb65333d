import type { ScenarioName } from './fault-case.ts';
import type { PlayedCase } from './play-case.ts';
import type { SelfTested } from './self-test.ts';
import type { Trace } from './trace.ts';

/** What the campaign asks of a worker, one thing at a time. */
export type ParentMessage =
  | { readonly kind: 'open'; readonly assemblyDirectory: string }
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
