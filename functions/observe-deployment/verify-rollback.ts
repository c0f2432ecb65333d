import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import { judgeListener } from '../core/checks/listener-check.ts';
import { judgePrimaryTaskSet } from '../core/checks/primary-task-set-check.ts';
import { judgeProductionAnswers } from '../core/checks/production-answer-check.ts';
import { findService } from '../core/config/find-service.ts';
import { type CodeDeployServiceConfig, codeDeployService } from '../core/config/strategy-of.ts';
import { settle } from '../core/deployment/settle.ts';
import { GreengateError, ResourceNotFoundError } from '../core/errors.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import { targetGroupRoles } from '../core/hooks/target-group-roles.ts';
import type { Deployment, DeploymentGroup, DeploymentTarget } from '../core/ports/deployments.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import type { ProbeRequest, ProbeResponse } from '../core/ports/probe-transport.ts';
import { answerProbe } from '../core/probe/answer-probe.ts';
import type { Release } from '../core/release.ts';
import { worstVerdict } from '../core/verdict/verdict.ts';
import type { ConcludeDeps } from './conclude-deps.ts';
import { findOvertaking, type Overtaking } from './find-overtaking.ts';

/** The rollback deployment has Succeeded; this covers what the APIs show late. */
const verifyLimitMs = 10_000;
const verifyIntervalMs = 1_000;
const answersWanted = 3;
const testListener = 'test listener';

/**
 * Verifies a rollback (P3): the original task set is PRIMARY and has running tasks, both listeners forward to its group
 * only, and production answers several times. What a later deployment has moved since does not speak against it.
 */
export async function verifyRollback(
  deployment: Deployment,
  target: DeploymentTarget | undefined,
  release: Pick<Release, 'service'>,
  deps: ConcludeDeps,
): Promise<CheckResult[]> {
  const service = codeDeployService(findService(deps.config, release.service));
  const group = await deps.deployments.group(deployment.application, deployment.deploymentGroup);
  return settle(
    async () => {
      const { deploymentId } = deployment;
      const checks = await checkOnce(deploymentId, service, group, target, deps).catch(
        checkThatBroke,
      );
      if (isPass(checks)) return checks;
      return withoutOvertaken(checks, await findOvertaking(deployment, deps));
    },
    (checks) => !isPass(checks),
    {
      intervalMs: verifyIntervalMs,
      limitMs: verifyLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
}

function isPass(checks: readonly CheckResult[]): boolean {
  return worstVerdict(checks.map(({ verdict }) => verdict)) === 'pass';
}

/** Once production is the next one's, CodeDeploy's word for the rollback is all that is left. */
function withoutOvertaken(
  checks: CheckResult[],
  overtaking: Overtaking | undefined,
): CheckResult[] {
  if (overtaking === undefined) return checks;
  const { moved, by } = overtaking;
  if (moved === 'test-listener') return checks.filter(({ name }) => name !== testListener);
  const expected = 'the rollback to have Succeeded';
  const observed = `that it has, and deployment ${by.deploymentId}, which is ${by.status}, has moved production since`;
  return [
    {
      name: 'rollback',
      type: 'rollback',
      verdict: 'pass',
      sentence: `rollback: expected ${expected}, got ${observed}`,
      expected,
      observed,
      samples: 1,
      evidence: [{ kind: 'state', subject: by.deploymentId, state: by.status }],
    },
  ];
}

/**
 * What cannot be verified is not verified, and somebody has to hear of it: an error that repeating cannot mend
 * becomes a finding, so that the deployment still gets its record, notification and answer.
 */
function checkThatBroke(error: unknown): CheckResult[] {
  if (!(error instanceof GreengateError) || error.retryable) throw error;
  return [brokenCheck('rollback verification', 'rollback', error.message)];
}

/** One after another, so that they meet more than one of the original's tasks. */
async function askProduction(
  request: ProbeRequest,
  { probe, signal }: ConcludeDeps,
): Promise<ProbeResponse[]> {
  const responses: ProbeResponse[] = [];
  for (let sent = 0; sent < answersWanted; sent++)
    responses.push(await probe.send(request, signal));
  return responses;
}

async function checkOnce(
  deploymentId: string,
  service: CodeDeployServiceConfig,
  group: DeploymentGroup,
  target: DeploymentTarget | undefined,
  deps: ConcludeDeps,
): Promise<CheckResult[]> {
  const { cluster, service: name, deploymentGroup } = service.target;
  const [ecsService, pair] = await Promise.all([
    deps.services.describeService(cluster, name),
    deps.loadBalancing.targetGroups(group.targetGroupNames),
  ]);
  if (ecsService === undefined) {
    throw new ResourceNotFoundError(
      `Cannot verify the rollback of ${deploymentId}: ECS has no service "${name}" in cluster "${cluster}"`,
    );
  }
  const primary = judgePrimaryTaskSet(deploymentId, ecsService.primaryTaskSet);
  const roles = targetGroupRoles(pair, deploymentId, ecsService, target);
  if (roles === undefined || group.productionListenerArn === undefined) {
    const expected = `target groups and production listener of deployment group ${deploymentGroup}`;
    return [primary, inconclusiveCheck('listeners', 'listener', expected, 'no sign of them')];
  }
  const judge = (listener: Listener, name: string) =>
    judgeListener(listener, { name, group: roles.original, pair });
  const production = await deps.loadBalancing.listener(group.productionListenerArn);
  const request = answerProbe(service, production, deploymentId);
  const test =
    group.testListenerArn === undefined
      ? []
      : [judge(await deps.loadBalancing.listener(group.testListenerArn), testListener)];
  return [
    primary,
    judge(production, 'production listener'),
    ...test,
    judgeProductionAnswers(request, await askProduction(request, deps)),
  ];
}
