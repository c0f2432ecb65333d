import type { DeploymentRecord } from '../deployment/deployment-record.ts';
import { notPassed } from '../deployment/task-answer.ts';

/** SNS takes subjects of at most 100 ASCII characters without line breaks (SNS API reference, Publish). */
export const maxSubjectLength = 100;
/** A message may have 256 KiB; a person reads less. */
const maxEvidenceLines = 20;
const maxLineLength = 500;

export interface Notification {
  readonly subject: string;
  readonly message: string;
}

/** One plain notification for the end of a deployment: the sentence first, then what it rests on. */
export function renderNotification(record: DeploymentRecord): Notification {
  const { outcome, reason, release, deploymentId, rollbackDeploymentId, execution } = record;
  const evidence = notPassed(record).flatMap((check) => [
    `- ${check.sentence}`,
    ...check.evidence.map((item) => `  ${JSON.stringify(item)}`),
  ]);
  const lines = [
    reason,
    '',
    `Service: ${release.service}`,
    `Image: ${release.repository}:${release.tag} ${release.digest}`,
    `Outcome: ${outcome}`,
    `Deployment: ${deploymentId}`,
    ...(rollbackDeploymentId === undefined ? [] : [`Rollback deployment: ${rollbackDeploymentId}`]),
    `Execution: ${execution.executionArn}`,
    ...(evidence.length === 0 ? [] : ['', 'Evidence:', ...evidence.slice(0, maxEvidenceLines)]),
  ];
  return {
    subject: asciiSubject(`Greengate: ${release.service} ${release.tag} ${outcome}`),
    message: lines.map((line) => line.slice(0, maxLineLength)).join('\n'),
  };
}

/** A subject that SNS takes: other characters than printable ASCII would make it refuse the whole message. */
export function asciiSubject(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, maxSubjectLength);
}
