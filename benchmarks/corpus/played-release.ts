/** How one release went under one method. */
export interface PlayedRelease {
  readonly name: string;
  readonly kind: 'bad' | 'awkward';
  /** As Greengate spells it; peers know `deployed` and `rolled-back`; `broken` when the rehearsal itself failed. */
  readonly outcome: string;
  /** `preflight: IDS`, `Install`, `HOOK: CHECK`, `alarm`, `readiness`, `rule`, or `none`. */
  readonly caughtBy: string;
  readonly productionRequestsServed: number;
  readonly reason: string;
  readonly wallSeconds: number;
}

export type Judgement = 'caught' | 'missed' | 'let through' | 'falsely rolled back' | 'not judged';

/** Whatever did not stay was caught or, were it sound, falsely rolled back. */
export function judgePlayed({ kind, outcome }: Pick<PlayedRelease, 'kind' | 'outcome'>): Judgement {
  if (outcome === 'broken' || outcome === 'not applicable') return 'not judged';
  const stays = outcome === 'deployed';
  if (kind === 'bad') return stays ? 'missed' : 'caught';
  return stays ? 'let through' : 'falsely rolled back';
}
