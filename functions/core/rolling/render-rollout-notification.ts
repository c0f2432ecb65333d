import { checkLines, type Notification, renderEnd } from '../notification/render-notification.ts';
import type { RolloutRecord } from './rollout-record.ts';

/** One plain notification for the end of a rolling update: the sentence first, then what it rests on. */
export function renderRolloutNotification(record: RolloutRecord): Notification {
  const checks = [
    ...record.phases.flatMap((phase) => phase.checks),
    ...(record.back?.checks ?? []),
  ];
  const stopped = record.stop?.evidence ?? record.stoppedTasks;
  return renderEnd(record, { deployment: 'Rollout', back: 'Way back' }, [
    ...checkLines(checks.filter(({ verdict }) => verdict !== 'pass')),
    ...stopped.map((line) => `- ${line}`),
  ]);
}
