import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { World } from '../core/world.ts';
import type { MetricAlarmRecord } from './alarm.ts';
import type { AlarmStatus } from './alarm-status.ts';
import type { AnyAlarm } from './composite-alarm.ts';

/** What a topic of an alarm gets, as public consumers of such messages read it. */
export function alarmNotification(
  world: World,
  alarm: AnyAlarm,
  previous: AlarmStatus,
): { subject: string; message: string } {
  const { input, name, state } = alarm;
  const subject = `${state}: "${name}" in ${world.identity.region}`;
  const common = {
    AlarmName: name,
    AlarmDescription: input.AlarmDescription ?? null,
    AWSAccountId: world.identity.accountId,
    AlarmConfigurationUpdatedTimestamp: date(alarm.configuredMs),
    NewStateValue: state,
    NewStateReason: alarm.stateReason,
    StateChangeTime: date(alarm.stateUpdatedMs),
    Region: world.identity.region,
    AlarmArn: alarm.arn,
    OldStateValue: previous.state,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
  };
  const message =
    alarm.kind === 'MetricAlarm'
      ? { ...common, Trigger: trigger(alarm) }
      : { ...common, AlarmRule: alarm.input.AlarmRule };
  return { subject: subject.slice(0, 100), message: JSON.stringify(message) };
}

function trigger({ input, rule, watched }: MetricAlarmRecord): Record<string, unknown> {
  const limits = {
    Period: watched.periodSeconds,
    EvaluationPeriods: rule.evaluationPeriods,
    DatapointsToAlarm: rule.datapointsToAlarm,
    ComparisonOperator: input.ComparisonOperator,
    Threshold: input.Threshold,
    TreatMissingData: rule.treatMissingData,
    EvaluateLowSampleCountPercentile: '',
  };
  if (input.Metrics?.length) return { ...limits, Metrics: input.Metrics.map(showQuery) };
  return {
    MetricName: input.MetricName,
    Namespace: input.Namespace,
    StatisticType: input.Statistic ? 'Statistic' : 'ExtendedStatistic',
    // Upper case here, and only here; percentiles stay as they are.
    ...(input.Statistic
      ? { Statistic: input.Statistic.toUpperCase() }
      : { ExtendedStatistic: input.ExtendedStatistic }),
    Unit: input.Unit ?? null,
    Dimensions: showDimensions(input.Dimensions),
    ...limits,
  };
}

type Query = NonNullable<PutMetricAlarmInput['Metrics']>[number];

function showQuery({ MetricStat, ...query }: Query): Record<string, unknown> {
  if (!MetricStat) return { ReturnData: true, ...query };
  const { Metric, ...stat } = MetricStat;
  return {
    ReturnData: true,
    ...query,
    MetricStat: { ...stat, Metric: { ...Metric, Dimensions: showDimensions(Metric?.Dimensions) } },
  };
}

/** Lower-case keys, value first. */
function showDimensions(dimensions: PutMetricAlarmInput['Dimensions'] = []) {
  return dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

function date(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
