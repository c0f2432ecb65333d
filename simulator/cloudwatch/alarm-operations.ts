import type {
  DeleteAlarmsCommandInput,
  DeleteAlarmsCommandOutput,
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmHistoryCommandOutput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  DescribeAlarmsForMetricCommandInput,
  DescribeAlarmsForMetricCommandOutput,
  DisableAlarmActionsCommandInput,
  DisableAlarmActionsCommandOutput,
  EnableAlarmActionsCommandInput,
  EnableAlarmActionsCommandOutput,
  PutCompositeAlarmCommandInput,
  PutCompositeAlarmCommandOutput,
  PutMetricAlarmCommandInput,
  PutMetricAlarmCommandOutput,
  SetAlarmStateCommandInput,
  SetAlarmStateCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import { alarmsForMetric, describeAlarms } from './describe-alarms.ts';
import type { CloudWatchModel } from './model.ts';

const describedAlarm = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'Tags',
] as const;

/** Operations on alarms. */
export function alarmOperations(model: CloudWatchModel): Record<string, WireOperation> {
  const { book } = model;
  return {
    PutMetricAlarm: operation<PutMetricAlarmCommandInput, PutMetricAlarmCommandOutput>(
      [
        ...describedAlarm,
        'MetricName',
        'Namespace',
        'Statistic',
        'ExtendedStatistic',
        'Dimensions',
        'Period',
        'EvaluationPeriods',
        'DatapointsToAlarm',
        'Threshold',
        'Unit',
        'ComparisonOperator',
        'TreatMissingData',
        'EvaluateLowSampleCountPercentile',
        'Metrics',
      ],
      (input) => {
        book.putMetric(input);
        return {};
      },
    ),
    PutCompositeAlarm: operation<PutCompositeAlarmCommandInput, PutCompositeAlarmCommandOutput>(
      [...describedAlarm, 'AlarmRule'],
      (input) => {
        book.putComposite(input);
        return {};
      },
    ),
    DeleteAlarms: operation<DeleteAlarmsCommandInput, DeleteAlarmsCommandOutput>(
      ['AlarmNames'],
      ({ AlarmNames = [] }) => {
        book.delete(AlarmNames);
        return {};
      },
    ),
    DescribeAlarms: operation<DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput>(
      [
        'AlarmNames',
        'AlarmNamePrefix',
        'AlarmTypes',
        'ChildrenOfAlarmName',
        'ParentsOfAlarmName',
        'StateValue',
        'ActionPrefix',
        'MaxRecords',
        'NextToken',
      ],
      (input) => describeAlarms(book.all(), input),
    ),
    DescribeAlarmsForMetric: operation<
      DescribeAlarmsForMetricCommandInput,
      DescribeAlarmsForMetricCommandOutput
    >(
      ['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Dimensions', 'Period'],
      (input) => ({ MetricAlarms: alarmsForMetric(book.all(), input) }),
    ),
    DescribeAlarmHistory: operation<
      DescribeAlarmHistoryCommandInput,
      DescribeAlarmHistoryCommandOutput
    >(
      [
        'AlarmName',
        'AlarmTypes',
        'HistoryItemType',
        'StartDate',
        'EndDate',
        'MaxRecords',
        'NextToken',
        'ScanBy',
      ],
      (input) => {
        book.all();
        return book.history.describe(input);
      },
    ),
    EnableAlarmActions: operation<EnableAlarmActionsCommandInput, EnableAlarmActionsCommandOutput>(
      ['AlarmNames'],
      ({ AlarmNames = [] }) => {
        book.enableActions(AlarmNames, true);
        return {};
      },
    ),
    DisableAlarmActions: operation<
      DisableAlarmActionsCommandInput,
      DisableAlarmActionsCommandOutput
    >(['AlarmNames'], ({ AlarmNames = [] }) => {
      book.enableActions(AlarmNames, false);
      return {};
    }),
    SetAlarmState: operation<SetAlarmStateCommandInput, SetAlarmStateCommandOutput>(
      ['AlarmName', 'StateValue', 'StateReason', 'StateReasonData'],
      ({ AlarmName = '', StateValue = '', StateReason = '', StateReasonData }) => {
        checkReasonData(StateReasonData);
        book.setState(AlarmName, checkState(StateValue), StateReason, StateReasonData);
        return {};
      },
    ),
  };
}

/** Throws AwsError `InvalidFormatFault` for what is no JSON [model]. */
function checkReasonData(text: string | undefined): void {
  try {
    JSON.parse(text || '{}');
  } catch {
    throw new AwsError('InvalidFormatFault', `StateReasonData is not valid JSON: ${text}`);
  }
}

function checkState(text: string): AlarmState {
  if (text === 'OK' || text === 'ALARM' || text === 'INSUFFICIENT_DATA') return text;
  throw new AwsError(
    'ValidationException',
    `Value '${text}' at 'stateValue' must be one of OK, ALARM, INSUFFICIENT_DATA`,
  );
}
