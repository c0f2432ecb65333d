import type { DriftRecord } from '../drift/drift-record.ts';
import { asciiSubject, type Notification, subjectOf } from './render-notification.ts';

const maxLineLength = 1_000;

/** One plain notification for drift that began or changed, or that is gone. */
export function renderDriftNotification({
  service,
  findings,
  since,
  clearedAt,
}: DriftRecord): Notification {
  if (findings.length === 0) {
    return {
      subject: asciiSubject(`Greengate: ${service} is as its last release left it again`),
      message: `Nothing about ${service} differs from what its last release left, as of ${clearedAt ?? 'now'}`,
    };
  }
  const lines = [
    `${service} is not as its last release left it, since ${since ?? 'now'}; Greengate changes nothing about it:`,
    ...findings.flatMap(({ check, expected, observed, remedy, since: from }) => [
      '',
      `- ${check}, since ${from}`,
      `  expected: ${expected}`,
      `  observed: ${observed}`,
      `  remedy: ${remedy}`,
    ]),
  ];
  return {
    subject: subjectOf(`${service} is not as its last release left it`, 'Drift'),
    message: lines.map((line) => line.slice(0, maxLineLength)).join('\n'),
    alarm: 'Drift',
  };
}
