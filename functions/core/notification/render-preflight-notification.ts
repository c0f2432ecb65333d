import type { CheckedFinding } from '../preflight/finding.ts';
import { isNotGood } from '../preflight/finding.ts';
import { renderFindings } from '../preflight/render-findings.ts';
import type { ExecutionIdentity, ReleaseRequest } from '../release.ts';
import { asciiSubject, type Notification } from './render-notification.ts';

/** One plain notification for a release that preflight refused: the sentence, then every NG with its remedy. */
export function renderPreflightNotification(
  request: ReleaseRequest,
  execution: ExecutionIdentity,
  sentence: string,
  findings: readonly CheckedFinding[],
): Notification {
  const { service, repository, tag, digest } = request;
  const lines = [
    sentence,
    '',
    `Service: ${service}`,
    `Image: ${repository}:${tag} ${digest}`,
    'Outcome: refused',
    `Execution: ${execution.executionArn}`,
    '',
    'Nothing was created. Mend what is named below, then redrive the execution:',
    ...renderFindings(findings.filter(isNotGood)),
  ];
  return {
    subject: asciiSubject(`Greengate: ${service} ${tag} refused`),
    message: lines.join('\n'),
  };
}
