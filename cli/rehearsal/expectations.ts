import type { Expectation, ReleaseReport } from './report.ts';

export interface Observations {
  readonly releases: readonly ReleaseReport[];
  readonly productionRequests: number;
  readonly productionErrors: number;
  /** Executions that exist for the push whose event was delivered twice. */
  readonly executionsOfDuplicatedPush: number;
  readonly deliveriesOfDuplicatedPush: number;
  /** Deployed by ECS itself: production meets a release before it is proven. */
  readonly rolling?: boolean;
  /** Production requests by release and status. */
  readonly byRelease?: Readonly<
    Record<
      string,
      { readonly requests: number; readonly byStatus: Readonly<Record<number, number>> }
    >
  >;
}

/** What a sound Greengate does with this story; the exit code is 0 only if every one held. */
export function judgeExpectations(seen: Observations): Expectation[] {
  const release = (tag: string) => seen.releases.find((candidate) => candidate.tag === tag);
  const v3 = release('v3');
  const v4 = release('v4');
  return [
    outcomeIs('v2, healthy, is deployed', release('v2')?.outcome, 'deployed'),
    outcomeIs('v3, failing 5 % of requests, is rolled back', v3?.outcome, 'rolled-back'),
    seen.rolling
      ? met('v3', v3?.productionRequests)
      : equals('v3 served no production request', v3?.productionRequests, 0),
    outcomeIs(
      'v4, whose dependency is down, is rolled back',
      v4?.beforeRedrive?.outcome,
      'rolled-back',
    ),
    seen.rolling
      ? met('v4', v4?.beforeRedrive?.productionRequests)
      : equals(
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
    seen.rolling ? errorsOfBadReleases(seen) : noErrors(seen),
  ];
}

function noErrors({ productionErrors, productionRequests }: Observations): Expectation {
  return {
    expectation: 'production never answered with an error',
    held: productionErrors === 0 && productionRequests > 0,
    observed: `${productionErrors} error(s) in ${productionRequests} requests`,
  };
}

/** What a rolling update cannot promise is counted, not judged. */
function met(tag: string, requests: number | undefined): Expectation {
  return {
    expectation: `${tag} met production before it was judged, and served ${requests ?? 'unknown'} requests of it: a rolling update cannot keep it away`,
    held: requests !== undefined,
    observed: String(requests ?? 'unknown'),
  };
}

/** Tasks that come and go cost no request; what the bad releases answered wrongly did reach clients. */
function errorsOfBadReleases({
  productionErrors,
  productionRequests,
  byRelease = {},
}: Observations): Expectation {
  const errorsOf = (tag: string) =>
    Object.entries(byRelease[tag]?.byStatus ?? {}).reduce(
      (sum, [status, count]) => sum + (Number(status) >= 500 ? count : 0),
      0,
    );
  const bad = errorsOf('v3') + errorsOf('v4');
  return {
    expectation: `clients saw ${bad} error(s) of v3 and v4, and no other`,
    held: productionErrors <= bad && productionRequests > 0,
    observed: `${productionErrors} error(s) in ${productionRequests} requests, ${bad} of v3 and v4`,
  };
}

function outcomeIs(expectation: string, observed: string | undefined, wanted: string): Expectation {
  return { expectation, held: observed === wanted, observed: observed ?? 'no outcome' };
}

function equals(expectation: string, observed: number | undefined, wanted: number): Expectation {
  return { expectation, held: observed === wanted, observed: String(observed ?? 'unknown') };
}
