import { kindOf, parseCaseId, type ScenarioName } from './fault-case.ts';
import type { PlayedCase } from './play-case.ts';

/** What `--json` writes. */
export interface CampaignReport {
  /** Played: as many as planned unless it was interrupted. */
  readonly cases: number;
  readonly planned: number;
  readonly violations: readonly Violation[];
  readonly byScenario: Readonly<Partial<Record<ScenarioName, Tally>>>;
  /** How pushes ended, in the order of the pushes of a scenario. */
  readonly outcomes: Readonly<Partial<Record<ScenarioName, Tally>>>;
  /** Cases none of whose faults befell anything: their call or event did not come this time. */
  readonly notReached: readonly string[];
  readonly wallSeconds: number;
  /** Of one worker, mean and 95 % quantile. */
  readonly secondsPerCase: { readonly mean: number; readonly p95: number };
}

/** Counts by kind of case, or by outcome. */
export type Tally = Readonly<Record<string, number>>;

export interface Violation {
  readonly case: string;
  readonly invariant: string;
  readonly sentence: string;
  /** Whether a new world showed a violation as well. */
  readonly again: boolean;
  readonly reproduce: string;
}

export function campaignReport(
  played: readonly PlayedCase[],
  { planned, wallSeconds }: Pick<CampaignReport, 'planned' | 'wallSeconds'>,
): CampaignReport {
  const byScenario = tally(played, ({ id }) => kindOf(parseCaseId(id)));
  const outcomes = tally(played, ({ outcomes: ended }) => ended.join(', '));
  const seconds = played.map(({ wallMs }) => wallMs / 1_000).sort((a, b) => a - b);
  const sum = seconds.reduce((total, one) => total + one, 0);
  return {
    cases: played.length,
    planned,
    violations: played.flatMap(violationsOf),
    byScenario,
    outcomes,
    notReached: played.filter(({ fired }) => fired === 0).map(({ id }) => id),
    wallSeconds,
    secondsPerCase: {
      mean: sum / Math.max(1, seconds.length),
      p95: seconds[Math.floor(seconds.length * 0.95)] ?? 0,
    },
  };
}

export function violationsOf({ id, breaches, again }: PlayedCase): Violation[] {
  return breaches.map(({ invariant, sentence }) => ({
    case: id,
    invariant,
    sentence,
    again: again ?? false,
    reproduce: `npm run bench:faults -- --only '${id}'`,
  }));
}

function tally(
  played: readonly PlayedCase[],
  keyOf: (one: PlayedCase) => string,
): Partial<Record<ScenarioName, Tally>> {
  const tallies: Partial<Record<ScenarioName, Record<string, number>>> = {};
  for (const one of played) {
    const { scenario } = parseCaseId(one.id);
    const counts = tallies[scenario] ?? {};
    const key = keyOf(one);
    counts[key] = (counts[key] ?? 0) + 1;
    tallies[scenario] = counts;
  }
  return tallies;
}
