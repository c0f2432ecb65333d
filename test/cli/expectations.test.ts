import { describe, expect, it } from 'vitest';
import { judgeExpectations, type Observations } from '../../cli/rehearsal/expectations.ts';
import type { Attempt, ReleaseReport } from '../../cli/rehearsal/report.ts';

const attempt = (outcome: Attempt['outcome'], productionRequests = 0): Attempt => ({
  outcome,
  reason: 'because',
  deploymentId: 'd-A',
  rollbackDeploymentId: null,
  productionRequests,
  evidence: [],
});

const release = (tag: string, changes: Partial<ReleaseReport>): ReleaseReport => ({
  ...attempt('deployed', 40),
  tag,
  digest: `sha256:${tag}`,
  executionArn: `arn:${tag}`,
  stateTransitions: 6,
  apiCalls: 60,
  lambdaMs: 1_000,
  redrives: 0,
  beforeRedrive: null,
  ...changes,
});

const sound: Observations = {
  releases: [
    release('v2', {}),
    release('v3', attempt('rolled-back')),
    release('v4', { redrives: 1, beforeRedrive: attempt('rolled-back') }),
  ],
  productionRequests: 500,
  productionErrors: 0,
  executionsOfDuplicatedPush: 1,
  deliveriesOfDuplicatedPush: 2,
};

const broken = (seen: Observations) =>
  judgeExpectations(seen)
    .filter(({ held }) => !held)
    .map(({ expectation }) => expectation);

describe('judgeExpectations', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(broken(sound)).toEqual([]);
    expect(judgeExpectations(sound)).toHaveLength(8);
  });

  it.each<[string, Partial<Observations>, string]>([
    [
      'a bad release served one request',
      {
        releases: [
          sound.releases[0],
          release('v3', attempt('rolled-back', 1)),
          sound.releases[2],
        ] as ReleaseReport[],
      },
      'v3 served no production request',
    ],
    [
      'a bad release was deployed',
      {
        releases: [
          sound.releases[0],
          release('v3', attempt('deployed')),
          sound.releases[2],
        ] as ReleaseReport[],
      },
      'v3, failing 5 % of requests, is rolled back',
    ],
    ['clients saw an error', { productionErrors: 1 }, 'production never answered with an error'],
    ['there was no traffic', { productionRequests: 0 }, 'production never answered with an error'],
    [
      'two executions came',
      { executionsOfDuplicatedPush: 2 },
      'one execution came of a push event delivered twice',
    ],
    [
      'it was delivered only once',
      { deliveriesOfDuplicatedPush: 1 },
      'one execution came of a push event delivered twice',
    ],
  ])('notices that %s', (_, change, expectation) => {
    expect(broken({ ...sound, ...change })).toEqual([expectation]);
  });

  it('does not take a missing release for a good one', () => {
    expect(broken({ ...sound, releases: [] })).toHaveLength(6);
  });
});
