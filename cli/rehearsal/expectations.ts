import type { Expectation, ReleaseReport } from './report.ts';

export interface Observations {
  readonly releases: readonly ReleaseReport[];
  readonly productionRequests: number;
  readonly productionErrors: number;
  /** Executions that exist for the push whose event was delivered twice. */
  readonly executionsOfDuplicatedPush: number;
  readonly deliveriesOfDuplicatedPush: number;
}

/** What a sound Greengate does with this story; the exit code is 0 only if every one held. */
export function judgeExpectations(seen: Observations): Expectation[] {
  const release = (tag: string) => seen.releases.find((candidate) => candidate.tag === tag);
  const v3 = release('v3');
  const v4 = release('v4');
  return [
    outcomeIs('v2, healthy, is deployed', release('v2')?.outcome, 'deployed'),
    outcomeIs('v3, failing 5 % of requests, is rolled back', v3?.outcome, 'rolled-back'),
    equals('v3 served no production request', v3?.productionRequests, 0),
    outcomeIs(
      'v4, whose dependency is down, is rolled back',
      v4?.beforeRedrive?.outcome,
      'rolled-back',
    ),
    equals(
      'v4 served no production request before its redrive',
      v4?.beforeRedrive?.productionRequests,
      0,
    ),
    outcomeIs('v4, redriven after the repair, is deployed', v4?.outcome, 'deployed'),
    {
      expectation: 'one execution came of a push event delivered twice',
      held: seen.executionsOfDuplicatedPush === 1 && seen.deliveriesOfDuplicatedPush >= 2,
      observed: `${seen.executionsOfDuplicatedPush} execution(s) from ${seen.deliveriesOfDuplicatedPush} deliveries`,
    },
    {
      expectation: 'production never answered with an error',
      held: seen.productionErrors === 0 && seen.productionRequests > 0,
      observed: `${seen.productionErrors} error(s) in ${seen.productionRequests} requests`,
    },
  ];
}

function outcomeIs(expectation: string, observed: string | undefined, wanted: string): Expectation {
  return { expectation, held: observed === wanted, observed: observed ?? 'no outcome' };
}

function equals(expectation: string, observed: number | undefined, wanted: number): Expectation {
  return { expectation, held: observed === wanted, observed: String(observed ?? 'unknown') };
}
