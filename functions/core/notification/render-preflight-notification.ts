import { isNotGood } from '../preflight/finding.ts';
import type { PreflightRecord } from '../preflight/preflight-record.ts';
import { renderFindings } from '../preflight/render-findings.ts';
import { asciiSubject, type Notification } from './render-notification.ts';

/** One plain notification for a release that preflight refused: the sentence, then every NG with its remedy. */
export function renderPreflightNotification(record: PreflightRecord): Notification {
  const { service, repository, tag, digest, sentence, findings, executionArn } = record;
  const lines = [
    sentence,
    '',
    `Service: ${service}`,
    `Image: ${repository}:${tag} ${digest}`,
    'Outcome: refused',
    `Execution: ${executionArn}`,
    '',
    'Nothing was created. Mend what is named below, then redrive the execution:',
    ...renderFindings(findings.filter(isNotGood)),
  ];
  return {
    subject: asciiSubject(`Greengate: ${service} ${tag} refused`),
    message: lines.join('\n'),
  };
}
