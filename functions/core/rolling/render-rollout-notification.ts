import { alarmOf, type Notification, subjectOf } from '../notification/render-notification.ts';
import type { RolloutRecord } from './rollout-record.ts';

const maxEvidenceLines = 20;
const maxLineLength = 500;

/** One plain notification for the end of a rolling update: the sentence first, then what it rests on. */
export function renderRolloutNotification(record: RolloutRecord): Notification {
  const { outcome, reason, release, deploymentId, rollbackDeploymentId, execution } = record;
  const checks = [...record.phases.flatMap((phase) => phase.checks), ...(record.back?.checks ?? [])]
    .filter(({ verdict }) => verdict !== 'pass')
    .flatMap((check) => [
      `- ${check.sentence}`,
      ...check.evidence.map((item) => `  ${JSON.stringify(item)}`),
    ]);
  const stopped = record.stop?.evidence ?? record.stoppedTasks;
  const evidence = [...checks, ...stopped.map((line) => `- ${line}`)];
  const lines = [
    reason,
    '',
    `Service: ${release.service}`,
    `Image: ${release.repository}:${release.tag} ${release.digest}`,
    `Outcome: ${outcome}`,
    `Rollout: ${deploymentId}`,
    ...(rollbackDeploymentId === undefined ? [] : [`Way back: ${rollbackDeploymentId}`]),
    `Execution: ${execution.executionArn}`,
    ...(evidence.length === 0 ? [] : ['', 'Evidence:', ...evidence.slice(0, maxEvidenceLines)]),
  ];
  const alarm = 'error' in record ? alarmOf(record.error) : undefined;
  return {
    subject: subjectOf(`${release.service} ${release.tag} ${outcome}`, alarm),
    message: lines.map((line) => line.slice(0, maxLineLength)).join('\n'),
    ...(alarm && { alarm }),
  };
}
