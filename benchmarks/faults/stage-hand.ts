import type { Arena } from './arena.ts';
import { caseId, type FaultCase, type ScenarioName } from './fault-case.ts';
import { type PlayedCase, playCase } from './play-case.ts';
import { readTrace, type Trace } from './trace.ts';

/** Cases that follow each other in one world: to begin anew costs more than a case, a long past slows all down. */
const casesPerWorld = 60;
/** A case takes a second or two; one that takes minutes of real time never ends. */
const patienceMs = 180_000;

/** Plays cases one after the other in an arena, and begins anew where one may have left something behind. */
export class StageHand {
  readonly #arena: Arena;
  #played = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** The calls and events of an unbroken scenario, once every function is warm. */
  async record(scenario: ScenarioName): Promise<Trace> {
    const unbroken = { scenario, faults: [] };
    await this.play(unbroken);
    const { journal } = this.#arena;
    const before = journal().length;
    const { breaches, fromSeq } = await this.#playNow(unbroken);
    if (breaches.length > 0) {
      const said = breaches.map(({ invariant, sentence }) => `${invariant}: ${sentence}`);
      throw new Error(`${caseId(unbroken)} breaks without a fault:\n${said.join('\n')}`);
    }
    return readTrace(journal().slice(before), fromSeq);
  }

  /** A case that breaks something is played once more in a new world: `again` says whether it breaks that, too. */
  async play(wanted: FaultCase): Promise<PlayedCase> {
    if (this.#played >= casesPerWorld) await this.#beginAnew();
    const played = await this.#playNow(wanted);
    if (played.breaches.length === 0) return played;
    await this.#beginAnew();
    const { breaches } = await this.#playNow(wanted);
    await this.#beginAnew();
    return { ...played, again: breaches.length > 0 };
  }

  async #playNow(wanted: FaultCase): Promise<PlayedCase> {
    this.#played++;
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<PlayedCase>((resolve) => {
      timer = setTimeout(() => resolve(this.#stalled(wanted)), patienceMs);
    });
    const startedAt = performance.now();
    const played = playCase(this.#arena, wanted).catch((error: unknown) =>
      unfinished(wanted, performance.now() - startedAt, `Could not be played: ${error}`),
    );
    return Promise.race([played, stalled]).finally(() => clearTimeout(timer));
  }

  #stalled(wanted: FaultCase): PlayedCase {
    const held = this.#arena.simulator.world.clock.heldBy().join(', ') || 'nothing';
    const sentence = `Not over after ${patienceMs / 1_000} s of real time; in flight: ${held}`;
    return unfinished(wanted, patienceMs, sentence);
  }

  async #beginAnew(): Promise<void> {
    await this.#arena.reset();
    this.#played = 0;
  }
}

/** Nothing can be told of it but that, so that one case does not end a campaign of hours. */
function unfinished(wanted: FaultCase, wallMs: number, sentence: string): PlayedCase {
  return {
    id: caseId(wanted),
    breaches: [{ invariant: 'the case ends', sentence }],
    outcomes: [],
    fired: 0,
    fromSeq: 0,
    wallMs,
  };
}
