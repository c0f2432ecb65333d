import { AwsError } from '../core/aws-error.ts';
import type { AnyAlarm } from './composite-alarm.ts';

/**
 * Alarms that composite alarms stand on stay as long as those (words observed in cloud-custodian issue 7763 and aws-nuke
 * issue 462), and one call deletes one composite alarm at most (API reference of DeleteAlarms; words ours).
 */
export function checkDeletion(names: readonly string[], alarms: readonly AnyAlarm[]): void {
  const composites = alarms.filter((alarm) => alarm.kind === 'CompositeAlarm');
  const going = new Set(names);
  if (composites.filter(({ name }) => going.has(name)).length > 1) {
    throw invalid('Only one composite alarm can be deleted in one request');
  }
  const staying = composites.filter(({ name }) => !going.has(name));
  const needed = new Set(staying.flatMap(({ rule }) => rule.children));
  const refused = [...going].filter((name) => needed.has(name));
  if (refused.length === 0) return;
  throw invalid(
    `Cannot delete ${refused.join(',')} as there are composite alarm(s) depending on ${refused.length > 1 ? 'them' : 'it'}.`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
