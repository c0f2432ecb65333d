import type { CheckResult } from '../checks/check-result.ts';
import type { DeploymentRecord, DeploymentStory } from './deployment-record.ts';
import { decisiveReport } from './explain-failure.ts';
import { failedLifecycleEvent } from './status.ts';

/** SendTaskFailure takes 32,768 characters of cause (Step Functions model, SensitiveCause). */
export const maxCauseLength = 32_768;
const maxSentenceLength = 4_000;

/** What an execution says at its end, and what the deployed release is called further on. */
export interface ReleaseResult {
  readonly outcome: 'deployed';
  readonly reason: string;
  readonly service: string;
  readonly tag: string;
  readonly digest: string;
  readonly deploymentId: string;
}

export type TaskAnswer =
  | { readonly kind: 'success'; readonly output: ReleaseResult }
  | { readonly kind: 'failure'; readonly error: string; readonly cause: string };

/** The answer to the waiting task; a failure's cause explains itself, with evidence, within 32 KiB (P7). */
export function taskAnswer(record: DeploymentRecord): TaskAnswer {
  if (record.outcome !== 'deployed') {
    return { kind: 'failure', error: record.error, cause: renderCause(record) };
  }
  const { outcome, reason, release, deploymentId } = record;
  const { service, tag, digest } = release;
  return { kind: 'success', output: { outcome, reason, service, tag, digest, deploymentId } };
}

function renderCause(record: DeploymentRecord): string {
  const { outcome, reason: sentence, deploymentId, rollbackDeploymentId, release } = record;
  const { service, tag, digest } = release;
  const about = { outcome, service, tag, digest, deploymentId, rollbackDeploymentId };
  const checks = notPassed(record);
  const attempts = [
    { sentence, ...about, evidence: checks },
    { sentence, ...about, evidence: checks.map((check) => ({ ...check, evidence: [] })) },
    { sentence: sentence.slice(0, maxSentenceLength), ...about, evidence: [] },
  ].map((cause) => JSON.stringify(cause));
  return attempts.find((cause) => cause.length <= maxCauseLength) ?? attempts.at(-1) ?? '';
}

/** The checks that decided against the release or against its rollback. */
export function notPassed({ hooks, target, rollback }: DeploymentStory): CheckResult[] {
  const report = decisiveReport(hooks, failedLifecycleEvent(target));
  return [...(report?.checks ?? []), ...(rollback?.checks ?? [])].filter(
    (check) => check.verdict !== 'pass',
  );
}
