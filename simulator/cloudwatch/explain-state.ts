import type { MetricAlarmRecord } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';

export interface DataPoint {
  readonly startMs: number;
  readonly value: number | undefined;
}

const relations: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};
const treatments: Readonly<Record<string, string>> = {
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
};

/** The StateReason in CloudWatch's words [observed in public alarm notifications]. */
export function explainState(
  { rule, input }: MetricAlarmRecord,
  state: AlarmState | 'unchanged',
  points: readonly DataPoint[],
): string {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData } = rule;
  const recent = points.filter(({ value }) => value !== undefined).slice(-n);
  const missing = n - recent.length;
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${count(n, 'datapoint')} ${n === 1 ? 'was' : 'were'} unknown.`;
  }
  const treated = treatments[treatMissingData];
  if (recent.length === 0 && treated !== undefined) {
    return `Threshold Crossed: no datapoints were received for ${count(n, 'period')} and ${count(missing, 'missing datapoint')} ${missing === 1 ? 'was' : 'were'} treated as [${treated}].`;
  }
  const alarm = state === 'ALARM';
  const deciding = recent.filter(({ value }) => rule.breaches(value ?? 0) === alarm);
  const shown = deciding
    .toReversed()
    .map(({ value, startMs }) => `${decimal(value)} (${stamp(startMs)})`);
  const verb = deciding.length === 1 ? 'was' : 'were';
  const relation = `${alarm ? '' : 'not '}${relations[input.ComparisonOperator ?? '']}`;
  const change = alarm ? 'OK -> ALARM' : 'ALARM -> OK';
  const needed = alarm ? m : n - m + 1;
  return `Threshold Crossed: ${deciding.length} out of the last ${n} datapoints [${shown.join(', ')}] ${verb} ${relation} the threshold (${decimal(input.Threshold)}) (minimum ${count(needed, 'datapoint')} for ${change} transition).`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Java's doubles: `10.0`. */
function decimal(value: number | undefined): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `21/11/26 09:00:00` */
function stamp(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  const [year = '', month, day] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
