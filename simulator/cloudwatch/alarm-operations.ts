import type {
  DeleteAlarmsCommandInput,
  DeleteAlarmsCommandOutput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  MetricAlarm,
  PutMetricAlarmCommandInput,
  PutMetricAlarmCommandOutput,
  SetAlarmStateCommandInput,
  SetAlarmStateCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import type { CloudWatchModel } from './model.ts';

/** Operations on metric alarms. */
export function alarmOperations(model: CloudWatchModel): Record<string, WireOperation> {
  return {
    PutMetricAlarm: operation<PutMetricAlarmCommandInput, PutMetricAlarmCommandOutput>(
      [
        'AlarmName',
        'AlarmDescription',
        'ActionsEnabled',
        'OKActions',
        'AlarmActions',
        'InsufficientDataActions',
        'MetricName',
        'Namespace',
        'Statistic',
        'ExtendedStatistic',
        'Dimensions',
        'Period',
        'EvaluationPeriods',
        'DatapointsToAlarm',
        'Threshold',
        'ComparisonOperator',
        'TreatMissingData',
        'Metrics',
        'Tags',
      ],
      (input) => {
        model.putAlarm(input);
        return {};
      },
    ),
    DeleteAlarms: operation<DeleteAlarmsCommandInput, DeleteAlarmsCommandOutput>(
      ['AlarmNames'],
      ({ AlarmNames = [] }) => {
        model.deleteAlarms(AlarmNames);
        return {};
      },
    ),
    DescribeAlarms: operation<DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput>(
      [
        'AlarmNames',
        'AlarmNamePrefix',
        'AlarmTypes',
        'StateValue',
        'ActionPrefix',
        'MaxRecords',
        'NextToken',
      ],
      (input) => describeAlarms(model, input),
    ),
    SetAlarmState: operation<SetAlarmStateCommandInput, SetAlarmStateCommandOutput>(
      ['AlarmName', 'StateValue', 'StateReason', 'StateReasonData'],
      ({ AlarmName = '', StateValue = '', StateReason = '', StateReasonData }) => {
        model.setAlarmState(AlarmName, checkState(StateValue), StateReason, StateReasonData);
        return {};
      },
    ),
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceARN'], ({ ResourceARN }) => {
      const alarm = model.alarms().find(({ arn }) => arn === ResourceARN);
      if (!alarm) throw new AwsError('ResourceNotFoundException', `Unknown ${ResourceARN}`);
      return { Tags: alarm.input.Tags ?? [] };
    }),
  };
}

function checkState(text: string): AlarmState {
  if (text === 'OK' || text === 'ALARM' || text === 'INSUFFICIENT_DATA') return text;
  throw new AwsError(
    'ValidationException',
    `Value '${text}' at 'stateValue' must be one of OK, ALARM, INSUFFICIENT_DATA`,
  );
}

function describeAlarms(
  model: CloudWatchModel,
  input: DescribeAlarmsCommandInput,
): Omit<DescribeAlarmsCommandOutput, '$metadata'> {
  const { AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'] } = input;
  const { StateValue, ActionPrefix, MaxRecords = 50, NextToken = '' } = input;
  if (MaxRecords < 1 || MaxRecords > 100) {
    throw new AwsError('ValidationException', 'MaxRecords must be between 1 and 100');
  }
  if (!AlarmTypes.includes('MetricAlarm')) return { MetricAlarms: [], CompositeAlarms: [] };
  const found = model
    .alarms()
    .filter(
      (alarm) =>
        alarm.name > NextToken &&
        alarm.name.startsWith(AlarmNamePrefix) &&
        (!AlarmNames?.length || AlarmNames.includes(alarm.name)) &&
        (!StateValue || alarm.state === StateValue) &&
        (!ActionPrefix || hasAction(alarm, ActionPrefix)),
    );
  const page = found.slice(0, MaxRecords);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    MetricAlarms: page.map(showAlarm),
    CompositeAlarms: [],
    ...(last ? { NextToken: last.name } : {}),
  };
}

function hasAction({ input }: Alarm, prefix: string): boolean {
  const actions = [
    ...(input.AlarmActions ?? []),
    ...(input.OKActions ?? []),
    ...(input.InsufficientDataActions ?? []),
  ];
  return actions.some((action) => action.startsWith(prefix));
}

function showAlarm(alarm: Alarm): MetricAlarm {
  const { Tags: _tags, ...definition } = alarm.input;
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Dimensions: [],
    ...definition,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredMs),
    StateValue: alarm.state,
    StateReason: alarm.stateReason,
    ...(alarm.stateReasonData ? { StateReasonData: alarm.stateReasonData } : {}),
    StateUpdatedTimestamp: new Date(alarm.stateUpdatedMs),
    StateTransitionedTimestamp: new Date(alarm.stateUpdatedMs),
  };
}
