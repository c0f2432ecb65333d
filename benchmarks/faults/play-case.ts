import type { Arena } from './arena.ts';
import { caseId, type FaultCase } from './fault-case.ts';
import { callFault, eventFault } from './fault-point.ts';
import { type Breach, judge } from './judge.ts';
import { lookBefore, observeReality } from './observe-reality.ts';
import type { Reality } from './reality.ts';
import { scenarios } from './scenarios.ts';

export interface PlayedCase {
  readonly id: string;
  readonly breaches: readonly (Breach | Stall)[];
  /** Whether it broke something in a new world as well; undefined when it broke nothing. */
  readonly again?: boolean;
  /** Outcomes on record, in the order of the pushes; `none` for a push without. */
  readonly outcomes: readonly string[];
  /** Faults that befell something; the others' calls or events did not come. */
  readonly fired: number;
  /** Where in the journal the part began that the scenario is about. */
  readonly fromSeq: number;
  readonly wallMs: number;
}

/** A case that never came to its end cannot be judged. */
export interface Stall {
  readonly invariant: 'the case ends';
  readonly sentence: string;
}

/** Of two records, as a late event leaves, the one that tells of a deployment. */
function outcomeOf(digest: string, { outcomes }: Reality): string {
  const own = outcomes.filter((one) => one.digest === digest);
  const told = own.find(({ deploymentId }) => deploymentId !== undefined) ?? own[0];
  return told?.outcome ?? 'none';
}

/** Arms the faults of a case, plays its scenario, and judges what came of it. */
export async function playCase(arena: Arena, played: FaultCase): Promise<PlayedCase> {
  const startedAt = performance.now();
  const { faults } = arena.simulator.world;
  const before = await lookBefore(arena);
  for (const point of played.faults) {
    if (point.on === 'call') faults.calls.add(callFault(point));
    else faults.events.add(eventFault(point));
  }
  const scenario = await scenarios[played.scenario](arena);
  const listed = [...faults.calls.all(), ...faults.events.all()];
  faults.calls.clear();
  faults.events.clear();
  const reality = await observeReality(arena, before, played.faults, scenario);
  return {
    id: caseId(played),
    breaches: judge(reality),
    outcomes: reality.pushes.map(({ digest }) => outcomeOf(digest, reality)),
    fired: listed.filter(({ fired }) => fired > 0).length,
    fromSeq: scenario.fromSeq,
    wallMs: performance.now() - startedAt,
  };
}
