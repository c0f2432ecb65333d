/** What an alarm can say. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface AlarmRule {
  /** N: how many data points are looked at. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
  readonly breaches: (value: number) => boolean;
}

/**
 * Judges the data points of the evaluation range, oldest first, `undefined` where data is missing.
 * `unchanged` keeps the present state. Rules and table: CloudWatch user guide, "Configuring how
 * CloudWatch alarms treat missing data".
 */
export function judge(
  points: readonly (number | undefined)[],
  rule: AlarmRule,
): AlarmState | 'unchanged' {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData } = rule;
  // With enough data, what is missing does not matter: the latest N data points decide.
  const real = points.filter((point) => point !== undefined).slice(-n);
  const breaching = real.filter((point) => rule.breaches(point)).length;
  if (real.length === n || treatMissingData === 'notBreaching') {
    return breaching >= m ? 'ALARM' : 'OK';
  }
  if (treatMissingData === 'breaching') {
    return breaching + (n - real.length) >= m ? 'ALARM' : 'OK';
  }
  if (real.length === 0) return treatMissingData === 'missing' ? 'INSUFFICIENT_DATA' : 'unchanged';
  if (breaching >= m) return 'ALARM';
  const wouldAlarm = breaching > 0 && breaching >= Math.min(m, real.length);
  if (!wouldAlarm) return 'OK';
  return treatMissingData === 'missing' ? 'ALARM' : 'unchanged';
}
