import type { CheckResult } from './check-result.ts';

export interface AlarmState {
  readonly name: string;
  readonly state: string;
}

/**
 * Judges that alarms are quiet. ALARM fails. An alarm that CloudWatch does not know is `inconclusive`: the
 * configuration names something that can never speak up, and silence is not a pass (P5). INSUFFICIENT_DATA
 * counts as quiet, as it does for CodeDeploy itself (aws-facts 3.9): an error alarm on a healthy service
 * often has no data at all.
 */
export function judgeAlarms(names: readonly string[], states: readonly AlarmState[]): CheckResult {
  const known = new Map(states.map(({ name, state }) => [name, state]));
  const inAlarm = names.filter((name) => known.get(name) === 'ALARM');
  const unknown = names.filter((name) => !known.has(name));
  const expected = `no alarm among ${names.join(', ')}`;
  const observed =
    inAlarm.length > 0
      ? `${inAlarm.join(', ')} in ALARM`
      : unknown.length > 0
        ? `no alarm named ${unknown.join(', ')} in CloudWatch`
        : names.map((name) => `${name} ${known.get(name)}`).join(', ');
  return {
    name: 'alarms',
    type: 'alarms',
    verdict: inAlarm.length > 0 ? 'fail' : unknown.length > 0 ? 'inconclusive' : 'pass',
    sentence: `alarms: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: states.length,
    evidence: names.map((name) => ({
      kind: 'state',
      subject: name,
      state: known.get(name) ?? 'unknown to CloudWatch',
    })),
  };
}
