import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import { settle } from '../core/deployment/settle.ts';
import { GreengateError } from '../core/errors.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import { answerProbe } from '../core/probe/answer-probe.ts';
import { judgeAnswers } from '../core/rolling/judge-answers.ts';
import { judgeRunningTasks, judgeSoleDeployment } from '../core/rolling/judge-previous.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { worstVerdict } from '../core/verdict/verdict.ts';
import { productionListener } from './production-listener.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';

/** Tasks of the release may still be leaving: stopped ones have 30 s and their targets drain as long as they are set to. */
const verifyLimitMs = 120_000;
const verifyIntervalMs = 5_000;

/** Verifies a way back (P3): the previous revision is all that the service runs, and production answers. */
export function verifyPrevious(
  watched: WatchedRollout,
  deps: ConcludeRolloutDeps,
): Promise<CheckResult[]> {
  return settle(
    () => checkOnce(watched, deps).catch(checkThatBroke),
    (checks) => worstVerdict(checks.map(({ verdict }) => verdict)) !== 'pass',
    {
      intervalMs: verifyIntervalMs,
      limitMs: verifyLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
}

/** What cannot be verified is not verified, and somebody has to hear of it. */
function checkThatBroke(error: unknown): CheckResult[] {
  if (!(error instanceof GreengateError) || error.retryable) throw error;
  return [brokenCheck('rollback verification', 'rollback', error.message)];
}

async function checkOnce(
  { arn, service, progress }: WatchedRollout,
  deps: ConcludeRolloutDeps,
): Promise<CheckResult[]> {
  const { cluster, service: name } = service.target;
  const { originalTaskDefinitionArn } = progress.release;
  const [ecsService, tasks, listener] = await Promise.all([
    deps.services.describeService(cluster, name),
    deps.services.listRunningTasks(cluster, name),
    productionListener(service, deps),
  ]);
  if (ecsService === undefined) {
    const expected = `ECS service "${name}" in cluster "${cluster}"`;
    return [inconclusiveCheck('service deployment', 'service-deployment', expected, 'no such')];
  }
  const request = answerProbe(service, listener, rolloutId({ arn }));
  return [
    judgeSoleDeployment(originalTaskDefinitionArn, ecsService),
    judgeRunningTasks(originalTaskDefinitionArn, tasks),
    judgeAnswers(request, [await deps.probe.send(request, deps.signal)]),
  ];
}
