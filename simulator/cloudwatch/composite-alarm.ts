import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import type { MetricAlarmRecord } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import type { AlarmStatus } from './alarm-status.ts';
import { alarmTimestamp } from './alarm-timestamp.ts';
import { type CompositeRule, compileCompositeRule } from './composite-rule.ts';

/** An alarm on the states of other alarms. */
export interface CompositeAlarmRecord extends AlarmStatus {
  readonly kind: 'CompositeAlarm';
  readonly name: string;
  readonly arn: string;
  readonly input: PutCompositeAlarmInput;
  readonly rule: CompositeRule;
  readonly configuredMs: number;
  actionsEnabled: boolean;
}

export type AnyAlarm = MetricAlarmRecord | CompositeAlarmRecord;

/** Compiles the rule; the alarms that it names must be there [observed wording of CloudWatch]. */
export function compileComposite(
  input: PutCompositeAlarmInput,
  exists: (name: string) => boolean,
): CompositeRule {
  const rule = compileCompositeRule(input.AlarmRule ?? '');
  const missing = rule.children.filter((name) => !exists(name));
  if (missing.length > 0) {
    throw new AwsError(
      'ValidationException',
      `Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist`,
    );
  }
  return rule;
}

export interface CompositeVerdict {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData: string;
}

/** ALARM when the rule holds, else OK; the reason names the alarm that changed last. */
export function judgeComposite(
  { rule }: CompositeAlarmRecord,
  find: (name: string) => AnyAlarm | undefined,
): CompositeVerdict {
  const children = rule.children.flatMap((name) => find(name) ?? []);
  const [latest] = children.toSorted((a, b) => b.stateChange - a.stateChange);
  return {
    state: rule.holds((name) => find(name)?.state) ? 'ALARM' : 'OK',
    reason: latest
      ? `${latest.arn} transitioned to ${latest.state} at ${inWords(latest.stateUpdatedMs)}`
      : 'The alarm rule names no alarm',
    reasonData: JSON.stringify({
      triggeringAlarms: (latest ? [latest] : []).map(({ arn, state, stateUpdatedMs }) => ({
        arn,
        state: { value: state, timestamp: alarmTimestamp(stateUpdatedMs) },
      })),
    }),
  };
}

/** `Friday 22 July, 2022 15:57:45 UTC` (CloudWatch user guide, sample events of composite alarms). */
function inWords(ms: number): string {
  const date = new Date(ms);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });
  const [weekday, month] = [part({ weekday: 'long' }), part({ month: 'long' })];
  const time = date.toISOString().slice(11, 19);
  return `${weekday} ${part({ day: '2-digit' })} ${month}, ${date.getUTCFullYear()} ${time} UTC`;
}
