import type { Arena } from './arena.ts';
import type { FaultPoint } from './fault-point.ts';
import { observeDeployments } from './observe-deployments.ts';
import { observeExecutions } from './observe-executions.ts';
import { listOutcomeKeys, observeOutcomes } from './observe-outcomes.ts';
import { observeRollouts } from './observe-rollouts.ts';
import { imageDigest, listRevisions, observeService } from './observe-service.ts';
import { observeForwardings } from './observe-traffic.ts';
import type { PlayedScenario } from './played-scenario.ts';
import type { ObservedDeployment, ObservedExecution, Reality } from './reality.ts';

/** What was there before a case, to tell what it added. */
export interface Before {
  readonly atMs: number;
  readonly seq: number;
  readonly digest: string;
  /** That served. */
  readonly taskDefinitionArn: string;
  readonly revisions: ReadonlySet<string>;
  readonly outcomeKeys: ReadonlySet<string>;
}

export async function lookBefore(arena: Arena): Promise<Before> {
  const { service, revisions, outcomeKeys } = await lookAround(arena);
  return {
    atMs: arena.simulator.world.clock.now(),
    seq: arena.journal().length,
    digest: service.primaryDigest ?? '',
    taskDefinitionArn:
      service.taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinitionArn ?? '',
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
  const executions = await observeExecutions(arena, before.atMs);
  const [around, deployments, forwardings] = await Promise.all([
    lookAround(arena),
    observeReleases(arena, before, executions),
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
    deployments: deployments.map((one) => ({ ...one, digest: one.digest && named(one.digest) })),
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

function observeReleases(
  arena: Arena,
  { atMs, taskDefinitionArn }: Before,
  executions: readonly ObservedExecution[],
): Promise<ObservedDeployment[]> {
  const { target } = arena.names;
  return target.strategy === 'codedeploy'
    ? observeDeployments(arena, target, atMs, executions)
    : observeRollouts(arena, { sinceMs: atMs, taskDefinitionArn }, executions);
}

async function lookAround(arena: Arena) {
  const [service, revisions, outcomeKeys] = await Promise.all([
    observeService(arena),
    listRevisions(arena),
    listOutcomeKeys(arena),
  ]);
  return { service, revisions, outcomeKeys };
}
