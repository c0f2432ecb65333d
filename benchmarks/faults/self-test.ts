import type { Arena } from './arena.ts';
import { doctorings } from './doctorings.ts';
import { type Breach, judge } from './judge.ts';
import { lookBefore, observeReality } from './observe-reality.ts';
import type { Reality } from './reality.ts';
import { scenarios } from './scenarios.ts';

export interface SelfTested {
  readonly invariant: string;
  /** What had to be found, as a pattern. */
  readonly sentence: string;
  readonly found: boolean;
}

/** Breaks invariants on purpose, one after the other, and tells whether the judge found each. */
export async function selfTest(arena: Arena): Promise<SelfTested[]> {
  const before = await lookBefore(arena);
  const scenario = await scenarios.success(arena);
  const look = () => observeReality(arena, before, [], scenario);
  const sound = await look();
  const tested: SelfTested[] = [
    { invariant: 'all', sentence: 'nothing to be found yet', found: judge(sound).length === 0 },
  ];
  for (const { invariant, sentence, doctor } of doctorings) {
    await doctor(arena, sound);
    const found = judge(await look()).some(
      (breach) => breach.invariant === invariant && sentence.test(breach.sentence),
    );
    tested.push({ invariant, sentence: sentence.source, found });
  }
  return [...tested, ...testedOnPaper(sound)];
}

/** What no call can make: the reality itself is changed. */
function testedOnPaper(sound: Reality): SelfTested[] {
  const [push] = sound.pushes;
  const [deployment] = sound.deployments;
  const [execution] = sound.executions;
  const [outcome] = sound.outcomes;
  if (push === undefined || deployment === undefined) return [];
  if (execution === undefined || outcome === undefined) return [];
  const endedAtMs = (deployment.endedAtMs ?? 0) + 21 * 60_000;
  const cases: readonly (readonly [Breach['invariant'], Partial<Reality>])[] = [
    ['a bad release never serves', { pushes: [{ ...push, soundFromMs: Infinity }] }],
    ['what runs is on record', { primaryDigest: sound.digestBefore }],
    ['one fault costs no release', { primaryDigest: sound.digestBefore }],
    ['one fault fails no way back', { outcomes: [{ ...outcome, outcome: 'failed' }] }],
    ['no token waits', { executions: [{ ...execution, endedAtMs }] }],
    ['no token waits', { executions: [{ ...execution, status: 'RUNNING' }] }],
    ['no deployment hangs', { deployments: [{ ...deployment, status: 'InProgress' }] }],
    ['one deployment per attempt', { deployments: [deployment, { ...deployment, id: 'd-2' }] }],
    [
      'an older push never replaces a newer one',
      {
        pushes: [push, { ...push, tag: 'newer', digest: 'sha256:newer' }],
        deployments: [
          deployment,
          { ...deployment, digest: 'sha256:newer', trafficAtMs: (deployment.trafficAtMs ?? 0) - 1 },
        ],
      },
    ],
  ];
  return cases.map(([invariant, change]) => ({
    invariant,
    sentence: `with ${Object.keys(change).join(' and ')} changed`,
    found: judge({ ...sound, ...change }).some((breach) => breach.invariant === invariant),
  }));
}
