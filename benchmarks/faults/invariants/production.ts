import type { Reality } from '../reality.ts';

/** What runs is what the last push that is on record as deployed brought, else what ran before. */
export function whatRunsIsOnRecord(reality: Reality): string[] {
  const { pushes, outcomes, executions, digestBefore, primaryDigest } = reality;
  // One that a person stopped tells nothing.
  const recorded = (name: string) =>
    outcomes.find(({ executionName }) => executionName === name)?.outcome;
  const deployed = executions
    .filter(({ name, status, told }) =>
      status === 'ABORTED' ? recorded(name) === 'deployed' : told === 'deployed',
    )
    .sort((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0));
  const expected = deployed.at(-1)?.digest ?? digestBefore;
  if (primaryDigest === expected) return [];
  const tag = pushes.find(({ digest }) => digest === expected)?.tag ?? 'the original';
  const said = outcomes.map(({ outcome, key }) => `${outcome} (${key})`).join(', ') || 'nothing';
  return [`${primaryDigest} runs, expected ${tag} ${expected}; on record is ${said}`];
}

/** Every listener forwards to the primary task set's target group alone. */
export function listenersFollowThePrimary({ taskSets, forwardings }: Reality): string[] {
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')?.targetGroupArn;
  return forwardings.flatMap(({ port, weights }) => {
    const reached = weights.filter(({ weight }) => weight > 0).map((one) => one.targetGroupArn);
    return reached.length === 1 && reached[0] === primary
      ? []
      : [`Port ${port} forwards to ${reached.join(' and ')}, expected ${primary} alone`];
  });
}

/** Production traffic was never moved to a release before it was sound. */
export function badNeverServes({ pushes, deployments }: Reality): string[] {
  return pushes.flatMap(({ tag, digest, soundFromMs }) =>
    deployments
      .filter((one) => one.digest === digest && (one.trafficAtMs ?? soundFromMs) < soundFromMs)
      .map(({ id }) => `${id} moved production to ${tag}, which was bad then`),
  );
}

/** No push replaced a newer one. */
export function olderNeverReplacesNewer({ pushes, deployments }: Reality): string[] {
  const trafficOf = (digest: string) =>
    deployments.flatMap((one) => (one.digest === digest ? (one.trafficAtMs ?? []) : []));
  return pushes.flatMap((older, index) =>
    pushes.slice(index + 1).flatMap((newer) => {
      const firstNewerMs = Math.min(...trafficOf(newer.digest));
      return trafficOf(older.digest).some((atMs) => atMs > firstNewerMs)
        ? [`${older.tag} took production after ${newer.tag}, which was pushed later`]
        : [];
    }),
  );
}

/** One fault, whatever it is, is ridden over: a good release arrives. */
export function oneFaultCostsNoRelease(reality: Reality): string[] {
  const { faults, winner, primaryDigest, outcomes } = reality;
  if (faults.length > 1 || winner === undefined || winner.digest === primaryDigest) return [];
  const recorded = outcomes.find(({ digest }) => digest === winner.digest);
  return [`${winner.tag} does not run; on record: ${recorded?.reason ?? 'nothing'}`];
}

/**
 * One fault, whatever it is, leaves no release half way: what is bad is taken back, and said to be. What a person stopped
 * before anything was deployed has nothing to take back.
 */
export function oneFaultFailsNoWayBack(reality: Reality): string[] {
  const { faults, pushes, outcomes, executions } = reality;
  if (faults.length > 1) return [];
  const stopped = executions.filter(({ status }) => status === 'ABORTED').map(({ name }) => name);
  return pushes.flatMap(({ tag, digest }) =>
    outcomes
      .filter((one) => one.digest === digest && one.outcome === 'failed')
      .filter((one) => one.deploymentId !== undefined || !stopped.includes(one.executionName))
      .map(({ reason }) => `${tag} is on record as failed: ${reason}`),
  );
}
