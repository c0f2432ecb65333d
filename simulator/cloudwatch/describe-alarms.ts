import type {
  CompositeAlarm,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  DescribeAlarmsForMetricCommandInput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import type { MetricAlarmRecord } from './alarm.ts';
import type { AnyAlarm, CompositeAlarmRecord } from './composite-alarm.ts';

/** Metric alarms only, unless AlarmTypes says more [model DescribeAlarms]. */
export function describeAlarms(
  all: readonly AnyAlarm[],
  input: DescribeAlarmsCommandInput,
): Omit<DescribeAlarmsCommandOutput, '$metadata'> {
  const { AlarmNames, AlarmNamePrefix = '', StateValue, ActionPrefix } = input;
  const { AlarmTypes, MaxRecords = 50, NextToken = '' } = input;
  if (MaxRecords < 1 || MaxRecords > 100) {
    throw new AwsError('ValidationException', 'MaxRecords must be between 1 and 100');
  }
  if (AlarmNames?.length && AlarmNamePrefix) {
    throw new AwsError('ValidationException', 'AlarmNames and AlarmNamePrefix exclude each other');
  }
  const types = AlarmTypes?.length ? AlarmTypes : ['MetricAlarm'];
  const family = relatives(all, input);
  const found = (family ?? all).filter(
    (alarm) =>
      alarm.name > NextToken &&
      alarm.name.startsWith(AlarmNamePrefix) &&
      (family || types.some((type) => type === alarm.kind)) &&
      (!AlarmNames?.length || AlarmNames.includes(alarm.name)) &&
      (!StateValue || alarm.state === StateValue) &&
      (!ActionPrefix || hasAction(alarm, ActionPrefix)),
  );
  const page = found.slice(0, MaxRecords);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    MetricAlarms: page.flatMap((alarm) => (alarm.kind === 'MetricAlarm' ? showMetric(alarm) : [])),
    CompositeAlarms: page.flatMap((alarm) =>
      alarm.kind === 'CompositeAlarm' ? showComposite(alarm) : [],
    ),
    ...(last ? { NextToken: last.name } : {}),
  };
}

/** Children or parents of a composite alarm; undefined when they were not asked for. */
function relatives(
  all: readonly AnyAlarm[],
  { ChildrenOfAlarmName, ParentsOfAlarmName }: DescribeAlarmsCommandInput,
): readonly AnyAlarm[] | undefined {
  if (ParentsOfAlarmName) {
    return all.filter(
      (alarm) =>
        alarm.kind === 'CompositeAlarm' && alarm.rule.children.includes(ParentsOfAlarmName),
    );
  }
  if (!ChildrenOfAlarmName) return undefined;
  const parent = all.find(({ name }) => name === ChildrenOfAlarmName);
  const children = parent?.kind === 'CompositeAlarm' ? parent.rule.children : [];
  return all.filter(({ name }) => children.includes(name));
}

/** Alarms on one metric, by exactly these dimensions. */
export function alarmsForMetric(
  all: readonly AnyAlarm[],
  input: DescribeAlarmsForMetricCommandInput,
): MetricAlarm[] {
  const { MetricName, Namespace, Statistic, ExtendedStatistic, Period, Dimensions = [] } = input;
  const wanted = JSON.stringify(sorted(Dimensions));
  return all
    .filter((alarm) => alarm.kind === 'MetricAlarm')
    .filter(
      ({ input: given }) =>
        given.MetricName === MetricName &&
        given.Namespace === Namespace &&
        (!Statistic || given.Statistic === Statistic) &&
        (!ExtendedStatistic || given.ExtendedStatistic === ExtendedStatistic) &&
        (!Period || given.Period === Period) &&
        JSON.stringify(sorted(given.Dimensions ?? [])) === wanted,
    )
    .map(showMetric);
}

function sorted(dimensions: readonly { Name?: string | undefined; Value?: string | undefined }[]) {
  return dimensions.map(({ Name = '', Value = '' }) => [Name, Value]).sort();
}

function hasAction({ input }: AnyAlarm, prefix: string): boolean {
  const actions = [
    ...(input.AlarmActions ?? []),
    ...(input.OKActions ?? []),
    ...(input.InsufficientDataActions ?? []),
  ];
  return actions.some((action) => action.startsWith(prefix));
}

function showMetric(alarm: MetricAlarmRecord): MetricAlarm {
  const { Tags: _tags, ...definition } = alarm.input;
  return { Dimensions: [], ...definition, ...showCommon(alarm) };
}

function showComposite(alarm: CompositeAlarmRecord): CompositeAlarm {
  const { Tags: _tags, ...definition } = alarm.input;
  return { ...definition, ...showCommon(alarm) };
}

function showCommon(alarm: AnyAlarm) {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = alarm.input;
  return {
    OKActions,
    AlarmActions,
    InsufficientDataActions,
    ActionsEnabled: alarm.actionsEnabled,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredMs),
    StateValue: alarm.state,
    StateReason: alarm.stateReason,
    ...(alarm.stateReasonData ? { StateReasonData: alarm.stateReasonData } : {}),
    StateUpdatedTimestamp: new Date(alarm.stateUpdatedMs),
    StateTransitionedTimestamp: new Date(alarm.stateUpdatedMs),
  };
}
