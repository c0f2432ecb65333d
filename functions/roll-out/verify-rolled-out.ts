import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeRunningDigest } from '../core/checks/running-digest-check.ts';
import { settle } from '../core/deployment/settle.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import { judgeSoleDeployment } from '../core/rolling/judge-previous.ts';
import { combineChecks } from '../core/verdict/combine-checks.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';

/** ECS may be replacing or scaling tasks just then; a finding that stays for minutes is real. */
const verifyLimitMs = 120_000;
const verifyIntervalMs = 5_000;

/** Whether the release's revision is all that the service runs, each task by its digest: what speaks against it. */
export async function verifyRolledOut(
  watched: WatchedRollout,
  deps: ConcludeRolloutDeps,
): Promise<string | undefined> {
  const { verdict, sentence } = combineChecks(
    await settle(
      () => checkOnce(watched, deps),
      (checks) => combineChecks(checks).verdict !== 'pass',
      {
        intervalMs: verifyIntervalMs,
        limitMs: verifyLimitMs,
        clock: deps.clock,
        signal: deps.signal,
      },
    ),
  );
  return verdict === 'pass' ? undefined : sentence;
}

async function checkOnce(
  { service: { target }, progress }: WatchedRollout,
  { services }: ConcludeRolloutDeps,
): Promise<CheckResult[]> {
  const { cluster, service, container } = target;
  const { release, taskDefinitionArn } = progress;
  const [ecsService, tasks] = await Promise.all([
    services.describeService(cluster, service),
    services.listRunningTasks(cluster, service),
  ]);
  if (ecsService === undefined) {
    const expected = `ECS service "${service}" in cluster "${cluster}"`;
    return [inconclusiveCheck('service deployment', 'service-deployment', expected, 'no such')];
  }
  return [
    judgeSoleDeployment(taskDefinitionArn, ecsService),
    judgeRunningDigest(tasks, {
      name: 'running digest',
      container,
      digests: [...new Set([release.digest, release.platformDigest])],
      expectedTasks: ecsService.desiredCount,
    }),
  ];
}
