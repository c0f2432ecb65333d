import type { Arena } from './arena.ts';
import type { FaultPoint } from './fault-point.ts';
import { observeDeployments } from './observe-deployments.ts';
import { observeExecutions } from './observe-executions.ts';
import { listOutcomeKeys, observeOutcomes } from './observe-outcomes.ts';
import { imageDigest, listRevisions, observeService } from './observe-service.ts';
import { observeForwardings } from './observe-traffic.ts';
import type { Reality } from './reality.ts';
import type { PlayedScenario } from './scenarios.ts';

/** What was there before a case, to tell what it added. */
export interface Before {
  readonly atMs: number;
  readonly seq: number;
  readonly digest: string;
  readonly revisions: ReadonlySet<string>;
  readonly outcomeKeys: ReadonlySet<string>;
}

export async function lookBefore(arena: Arena): Promise<Before> {
  const { service, revisions, outcomeKeys } = await lookAround(arena);
  return {
    atMs: arena.simulator.world.clock.now(),
    seq: arena.journal().length,
    digest: service.primaryDigest ?? '',
    revisions: new Set(revisions),
    outcomeKeys: new Set(outcomeKeys),
  };
}

/** Reads what a case has come to, by AWS's APIs as far as they tell it. */
export async function observeReality(
  arena: Arena,
  before: Before,
  faults: readonly FaultPoint[],
  { pushes, winner }: PlayedScenario,
): Promise<Reality> {
  const [around, executions, deployments, forwardings] = await Promise.all([
    lookAround(arena),
    observeExecutions(arena, before.atMs),
    observeDeployments(arena, before.atMs),
    observeForwardings(arena),
  ]);
  const newKeys = around.outcomeKeys.filter((key) => !before.outcomeKeys.has(key));
  const newRevisions = around.revisions.filter((arn) => !before.revisions.has(arn));
  const [outcomes, revisions] = await Promise.all([
    observeOutcomes(arena, newKeys),
    Promise.all(newRevisions.map(async (arn) => ({ arn, digest: await imageDigest(arena, arn) }))),
  ]);
  const digestOf = new Map(pushes.map((push) => [push.platformDigest, push.digest]));
  const named = (digest: string) => digestOf.get(digest) ?? digest;
  return {
    faults,
    pushes,
    winner,
    digestBefore: before.digest,
    executions,
    outcomes,
    deployments: deployments.map((one) => ({
      ...one,
      digest: executions.find(({ name }) => one.description.includes(` ${name} `))?.digest,
    })),
    ...around.service,
    primaryDigest: around.service.primaryDigest && named(around.service.primaryDigest),
    forwardings,
    revisions: revisions.map(({ arn, digest }) => ({ arn, digest: named(digest) })),
    notifications: arena
      .journal()
      .slice(before.seq)
      .flatMap((entry) => (entry.kind === 'notification.published' ? [entry.message] : [])),
  };
}

async function lookAround(arena: Arena) {
  const [service, revisions, outcomeKeys] = await Promise.all([
    observeService(arena),
    listRevisions(arena),
    listOutcomeKeys(arena),
  ]);
  return { service, revisions, outcomeKeys };
}
