import { brokenCheck, type CheckResult } from '../checks/check-result.ts';
import { letProductionFail } from '../checks/let-through.ts';
import type { Deployment } from '../ports/deployments.ts';
import { type CombinedVerdict, combineChecks } from '../verdict/combine-checks.ts';

/** What a lifecycle event's checks add up to. */
export interface HookJudgement extends CombinedVerdict {
  readonly checks: readonly CheckResult[];
}

export function judgementOf(checks: readonly CheckResult[]): HookJudgement {
  return { ...combineChecks(checks), checks };
}

/**
 * BeforeInstall runs the checks against the original: if that does not pass them, they say nothing about the
 * replacement. That is no fault of the release, so it is `inconclusive`. A check that broke, for want of a secret
 * say, broke on nobody's account and stays an `error`.
 */
export function judgementOfOriginal(
  listener: readonly CheckResult[],
  answers: readonly CheckResult[],
): HookJudgement {
  const checks = [...listener, ...answers];
  const judgement = judgementOf(checks);
  if (judgement.verdict === 'pass' || judgement.verdict === 'error') {
    return judgement;
  }
  // A redrive does not help against a listener that shows something else.
  const remedy =
    judgementOf(listener).verdict === 'pass'
      ? '; if this release is to mend that, redrive its execution'
      : '';
  return {
    checks,
    verdict: 'inconclusive',
    sentence: `The checks cannot judge the replacement, because the original does not pass them: ${judgement.sentence}${remedy}`,
  };
}

/** The same for a release that a person wants: `answers` are what the original does not have to give then (ADR 16). */
export function judgementDespiteOriginal(
  listener: readonly CheckResult[],
  answers: readonly CheckResult[],
): HookJudgement {
  const despite = judgementOfOriginal(listener, answers.map(letProductionFail));
  const said = judgementOf(answers);
  if (despite.verdict !== 'pass' || said.verdict === 'pass') return despite;
  return {
    ...despite,
    sentence: `The original does not pass the checks, and a person wants this release, which has to pass them: ${said.sentence}`,
  };
}

/** Without a test listener nothing shows the replacement before production does (aws-facts 3.1). */
export function withoutTestListener(deploymentGroup: string): CheckResult {
  return inconclusiveCheck(
    'test listener',
    'listener',
    `a test listener in deployment group ${deploymentGroup}`,
    'none, so the hook cannot see the replacement before production does',
  );
}

/** A check that found nothing to judge. */
export function inconclusiveCheck(
  name: string,
  type: string,
  expected: string,
  observed: string,
): CheckResult {
  return {
    ...brokenCheck(name, type, observed),
    verdict: 'inconclusive',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
  };
}

/**
 * Whether AWS runs hooks for a rollback is not documented (aws-facts 3.8). If it does, a hook must not stand in
 * the way: the release was refused already, and the rollback is verified when it has ended (promise P3).
 */
export function judgementOfRollback(deployment: Deployment): HookJudgement {
  const { deploymentId, rollbackTriggeringDeploymentId: failed = 'another deployment' } =
    deployment;
  const sentence = `${deploymentId} rolls back ${failed}: nothing new to judge, the rollback is verified at its end`;
  return judgementOf([
    {
      name: 'rollback',
      type: 'rollback',
      verdict: 'pass',
      sentence,
      expected: 'a rollback to go on',
      observed: sentence,
      samples: 1,
      evidence: [{ kind: 'state', subject: deploymentId, state: `rolls back ${failed}` }],
    },
  ]);
}
