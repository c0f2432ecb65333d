import type { CheckResult } from '../checks/check-result.ts';
import type { DeploymentRecord } from '../deployment/deployment-record.ts';
import { notPassed } from '../deployment/task-answer.ts';

/** SNS takes subjects of at most 100 ASCII characters without line breaks (SNS API reference, Publish). */
export const maxSubjectLength = 100;
/** A message may have 256 KiB; a person reads less. */
const maxEvidenceLines = 20;
const maxLineLength = 500;

/** What wakes somebody: each has a CloudWatch alarm of its own (infra/constructs/alarms.ts). */
export const alarmNames = ['RollbackFailed', 'RollbackMissing', 'Drift'] as const;

export type AlarmName = (typeof alarmNames)[number];

export interface Notification {
  readonly subject: string;
  readonly message: string;
  /** Set where production may be in doubt until somebody looks. */
  readonly alarm?: AlarmName;
}

/** One plain notification for the end of a deployment: the sentence first, then what it rests on. */
export function renderNotification(record: DeploymentRecord): Notification {
  const names = { deployment: 'Deployment', back: 'Rollback deployment' };
  return renderEnd(record, names, checkLines(notPassed(record)));
}

/** What records of both strategies tell of an end. */
export type EndedRelease = Pick<
  DeploymentRecord,
  'outcome' | 'reason' | 'release' | 'deploymentId' | 'rollbackDeploymentId' | 'execution'
> & { readonly error?: string };

/** The same for an end by any strategy, with what it calls its deployment and the way back. */
export function renderEnd(
  record: EndedRelease,
  names: { readonly deployment: string; readonly back: string },
  evidence: readonly string[],
): Notification {
  const { outcome, reason, release, deploymentId, rollbackDeploymentId, execution } = record;
  const lines = [
    reason,
    '',
    `Service: ${release.service}`,
    `Image: ${release.repository}:${release.tag} ${release.digest}`,
    `Outcome: ${outcome}`,
    `${names.deployment}: ${deploymentId}`,
    ...(rollbackDeploymentId === undefined ? [] : [`${names.back}: ${rollbackDeploymentId}`]),
    `Execution: ${execution.executionArn}`,
    ...(evidence.length === 0 ? [] : ['', 'Evidence:', ...evidence.slice(0, maxEvidenceLines)]),
  ];
  const alarm = alarmOf(record.error);
  return {
    subject: subjectOf(`${release.service} ${release.tag} ${outcome}`, alarm),
    message: lines.map((line) => line.slice(0, maxLineLength)).join('\n'),
    ...(alarm && { alarm }),
  };
}

/** A line for each check, and below it one for each thing that it saw. */
export function checkLines(checks: readonly CheckResult[]): string[] {
  return checks.flatMap((check) => [
    `- ${check.sentence}`,
    ...check.evidence.map((item) => `  ${JSON.stringify(item)}`),
  ]);
}

/** The alarm that an error of an execution raises, if it is one that does. */
export function alarmOf(error: string | undefined): AlarmName | undefined {
  return alarmNames.find((name) => name === error);
}

/** `Greengate: shop v2 failed`, or `ALARM Greengate: shop v2 failed, RollbackMissing`. */
export function subjectOf(what: string, alarm: AlarmName | undefined): string {
  return asciiSubject(
    alarm === undefined ? `Greengate: ${what}` : `ALARM Greengate: ${what}, ${alarm}`,
  );
}

/** A subject that SNS takes: other characters than printable ASCII would make it refuse the whole message. */
export function asciiSubject(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, maxSubjectLength);
}
