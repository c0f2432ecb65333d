import type { CorpusEntry } from '../entry.ts';
import { awkwardReleases } from './awkward.ts';
import { badAnswers } from './bad-answers.ts';
import { badBehaviour } from './bad-behaviour.ts';
import { badProtocols } from './bad-protocols.ts';
import { badStarts } from './bad-starts.ts';
import { badStatuses } from './bad-statuses.ts';

/** Every release of the corpus, bad ones first. */
export const catalogue: readonly CorpusEntry[] = [
  ...badStarts,
  ...badStatuses,
  ...badAnswers,
  ...badBehaviour,
  ...badProtocols,
  ...awkwardReleases,
];
