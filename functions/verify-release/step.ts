import { approvedBy } from '../core/approval/approval.ts';
import { carriedTargetGroups } from '../core/balancing/carried-load-balancing.ts';
import { readBalancerFacts } from '../core/balancing/read-balancer-facts.ts';
import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeListener } from '../core/checks/listener-check.ts';
import { judgeRunningDigest } from '../core/checks/running-digest-check.ts';
import { judgeServingTaskSet } from '../core/checks/serving-task-set-check.ts';
import { judgeSoleTaskSet } from '../core/checks/sole-task-set-check.ts';
import { findService } from '../core/config/find-service.ts';
import type { Config } from '../core/config/schema.ts';
import { type CodeDeployServiceConfig, codeDeployService } from '../core/config/strategy-of.ts';
import type { ReleaseVerification } from '../core/deployment/deployment-record.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../core/deployment/parse-deployment-record.ts';
import type { ReleaseResult } from '../core/deployment/task-answer.ts';
import { ResourceNotFoundError, VerificationFailed } from '../core/errors.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { EcsService, EcsServices } from '../core/ports/ecs-services.ts';
import type { LoadBalancing } from '../core/ports/load-balancing.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import { combineChecks } from '../core/verdict/combine-checks.ts';
import { recordingFailure, recordOutcome } from '../core/workflow/record-outcome.ts';
import { findOvertaking } from './find-overtaking.ts';
import { keepVerification } from './keep-verification.ts';
import type { VerificationInput } from './verification-input.ts';

export interface VerifyReleaseDeps {
  readonly config: Config;
  readonly deployments: Pick<Deployments, 'group' | 'list'>;
  readonly services: EcsServices;
  readonly loadBalancing: Pick<LoadBalancing, 'forwardings' | 'targetGroups'>;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Verifies that what runs is what was asked for: the PRIMARY task set runs our task definition, each of its
 * tasks the release's digest, and production forwards to its group only, which it has to itself. Records how the push ended either
 * way; throws VerificationFailed with expected and observed.
 */
export async function verifyRelease(
  input: VerificationInput,
  deps: VerifyReleaseDeps,
): Promise<ReleaseResult> {
  const { release, execution } = input;
  return recordingFailure(deps, release, execution, async () => {
    const result = await verify(input, deps);
    await recordOutcome(deps, release, execution, result);
    return result;
  });
}

async function verify(input: VerificationInput, deps: VerifyReleaseDeps): Promise<ReleaseResult> {
  const { release, deploymentId } = input;
  const service = codeDeployService(findService(deps.config, release.service));
  const checks = await checkRelease(input, service, deps);
  const { verdict, sentence } = combineChecks(checks);
  const { tag, digest } = release;
  const keep = (sentence: string, found: Pick<ReleaseVerification, 'verdict' | 'checks'>) => {
    const verifiedAt = new Date(deps.clock.now()).toISOString();
    return keepVerification(deploymentId, { ...found, sentence, verifiedAt }, deps);
  };
  if (verdict !== 'pass') {
    const overtaking = await findOvertaking(input, service, deps.deployments);
    if (overtaking !== undefined) {
      const reason = `Deployed: deployment ${deploymentId} of ${release.service} ${tag} (${shortDigest(digest)}) succeeded; deployment ${overtaking.deploymentId} has begun since, so that what runs now is not for it to answer`;
      await keep(reason, { verdict: 'pass', checks: [] });
      return { outcome: 'deployed', reason, service: release.service, tag, digest, deploymentId };
    }
    const reason = `Cannot confirm ${release.service} ${tag} after deployment ${deploymentId}: ${sentence}`;
    await keep(reason, { verdict, checks });
    throw new VerificationFailed(reason, { details: { deploymentId, verdict } });
  }
  const approved = service.approval.required ? await readApproved(deploymentId, deps) : '';
  const reason = `Deployed: every running task of ${release.service} runs ${tag} (${shortDigest(digest)}) and production forwards to them only, deployment ${deploymentId}${approved}`;
  await keep(reason, { verdict, checks });
  return { outcome: 'deployed', reason, service: release.service, tag, digest, deploymentId };
}

/** A record that cannot be read costs the sentence its end, never the release (design D2). */
async function readApproved(
  deploymentId: string,
  { records, log }: Pick<VerifyReleaseDeps, 'records' | 'log'>,
): Promise<string> {
  try {
    const document = await records.read(deploymentRecordKeys.record(deploymentId));
    return approvedBy(parseDeploymentRecord(document)?.approval);
  } catch (error) {
    log.warn('deployment record unreadable', { deploymentId, error });
    return '';
  }
}

async function checkRelease(
  { release, taskDefinitionArn }: VerificationInput,
  service: CodeDeployServiceConfig,
  deps: VerifyReleaseDeps,
): Promise<CheckResult[]> {
  const { application, deploymentGroup, cluster, service: name, container } = service.target;
  const [ecsService, tasks, group] = await Promise.all([
    deps.services.describeService(cluster, name),
    deps.services.listRunningTasks(cluster, name),
    deps.deployments.group(application, deploymentGroup),
  ]);
  if (ecsService?.primaryTaskSet === undefined) {
    throw new ResourceNotFoundError(
      `Cannot verify "${release.service}": ECS service "${name}" in cluster "${cluster}" has no PRIMARY task set`,
    );
  }
  const { primaryTaskSet } = ecsService;
  return [
    judgeServingTaskSet(taskDefinitionArn, primaryTaskSet),
    judgeRunningDigest(
      // While the original is being terminated its last tasks still run, without traffic.
      tasks.filter((task) => task.startedBy === primaryTaskSet.id),
      {
        name: 'running digest',
        container,
        digests: [...new Set([release.digest, release.platformDigest])],
        expectedTasks: primaryTaskSet.computedDesiredCount,
      },
    ),
    ...(await checkProduction(ecsService, group, service.name, deps)),
  ];
}

async function checkProduction(
  { primaryTaskSet, taskSets }: EcsService,
  group: Awaited<ReturnType<Deployments['group']>>,
  service: string,
  deps: VerifyReleaseDeps,
): Promise<CheckResult[]> {
  const facts = await readBalancerFacts(service, deps);
  const behind = taskSets.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const pair = await carriedTargetGroups(deps.loadBalancing, facts)(group.targetGroupNames, behind);
  const serving = pair.find((candidate) => candidate.arn === primaryTaskSet?.targetGroupArn);
  const name = 'production listener';
  if (serving === undefined || group.productionListenerArn === undefined) {
    const expected = `the PRIMARY task set behind one of ${group.targetGroupNames.join(' and ')}`;
    return [inconclusiveCheck(name, 'listener', expected, 'no sign of it')];
  }
  const forwardings = await deps.loadBalancing.forwardings(group.productionListenerArn);
  return [
    judgeListener({ forwardings }, { name, group: serving, pair }),
    judgeSoleTaskSet(serving, taskSets, ({ id }) => id === primaryTaskSet?.id),
  ];
}
