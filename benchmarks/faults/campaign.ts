import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Strategy } from '../../functions/core/config/target-schema.ts';
import { synthesizeArena } from './arena-config.ts';
import { caseId, type FaultCase, type ScenarioName } from './fault-case.ts';
import type { PlayedCase } from './play-case.ts';
import type { SelfTested } from './self-test.ts';
import type { Trace } from './trace.ts';
import { Workers } from './workers.ts';

/** Workers with their arenas, in a scratch folder that goes with them. */
export class Campaign {
  readonly #workers: Workers;
  readonly #scratch: string;

  private constructor(workers: Workers, scratch: string) {
    this.#workers = workers;
    this.#scratch = scratch;
  }

  /** Arenas of these strategies can be played in. */
  static async open(workers: number, strategies: readonly Strategy[]): Promise<Campaign> {
    const scratch = mkdtempSync(join(tmpdir(), 'greengate-faults-'));
    const campaign = new Campaign(new Workers(workers), scratch);
    try {
      const assemblies: Partial<Record<Strategy, string>> = {};
      for (const strategy of new Set(strategies)) {
        assemblies[strategy] = await synthesizeArena(join(scratch, strategy), strategy);
      }
      await campaign.#workers.all({ kind: 'open', assemblies });
    } catch (error) {
      campaign.stop();
      throw error;
    }
    return campaign;
  }

  /** What each scenario does when nothing is broken. */
  async record(scenarios: readonly ScenarioName[]): Promise<Map<ScenarioName, Trace>> {
    const traces = new Map<ScenarioName, Trace>();
    const wanted = scenarios.map((scenario) => ({ kind: 'record', scenario }) as const);
    await this.#workers.share(wanted, (answer) => {
      if (answer.kind === 'recorded') traces.set(answer.scenario, answer.trace);
    });
    // Workers end in any order; the plan must not hang on it.
    return new Map(scenarios.flatMap((name) => [...traces].filter(([key]) => key === name)));
  }

  async play(cases: readonly FaultCase[], onPlayed: (played: PlayedCase) => void): Promise<void> {
    const wanted = cases.map((one) => ({ kind: 'play', caseId: caseId(one) }) as const);
    await this.#workers.share(wanted, (answer) => {
      if (answer.kind === 'played') onPlayed(answer.played);
    });
  }

  /** Whether the judge finds what is broken on purpose. */
  async selfTest(): Promise<readonly SelfTested[]> {
    const tested: SelfTested[] = [];
    await this.#workers.share([{ kind: 'self-test' }], (answer) => {
      if (answer.kind === 'self-tested') tested.push(...answer.tested);
    });
    return tested;
  }

  stop(): void {
    this.#workers.stop();
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}
