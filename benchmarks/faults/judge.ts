import {
  fewSpareRevisions,
  noDeploymentHangs,
  noOrphans,
  noTokenWaits,
  oneDeploymentPerAttempt,
} from './invariants/leftovers.ts';
import {
  oneNotificationPerEnding,
  oneOutcomePerPush,
  recordsTellTheTruth,
} from './invariants/outcomes.ts';
import {
  badNeverServes,
  listenersFollowThePrimary,
  olderNeverReplacesNewer,
  oneFaultCostsNoRelease,
  oneFaultFailsNoWayBack,
  whatRunsIsOnRecord,
} from './invariants/production.ts';
import type { Reality } from './reality.ts';

/** What must hold whatever breaks; each returns a sentence for whatever contradicts it. */
export const invariants = {
  'one outcome per push': oneOutcomePerPush,
  'records tell the truth': recordsTellTheTruth,
  'one notification per ending': oneNotificationPerEnding,
  'what runs is on record': whatRunsIsOnRecord,
  'listeners follow the primary': listenersFollowThePrimary,
  'a bad release never serves': badNeverServes,
  'an older push never replaces a newer one': olderNeverReplacesNewer,
  'one fault costs no release': oneFaultCostsNoRelease,
  'one fault fails no way back': oneFaultFailsNoWayBack,
  'no token waits': noTokenWaits,
  'no deployment hangs': noDeploymentHangs,
  'one deployment per attempt': oneDeploymentPerAttempt,
  'no orphans': noOrphans,
  'few spare revisions': fewSpareRevisions,
} as const satisfies Readonly<Record<string, (reality: Reality) => string[]>>;

export type InvariantName = keyof typeof invariants;

export interface Breach {
  readonly invariant: InvariantName;
  readonly sentence: string;
}

/** Everything in which a reality contradicts an invariant. */
export function judge(reality: Reality): Breach[] {
  return (Object.keys(invariants) as InvariantName[]).flatMap((invariant) =>
    invariants[invariant](reality).map((sentence) => ({ invariant, sentence })),
  );
}
