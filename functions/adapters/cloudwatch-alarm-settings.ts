import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { AlarmInspection } from '../core/ports/alarm-settings.ts';
import { callAws } from './aws-errors.ts';

/** CloudWatch's default when nothing is said. */
const defaultMissingData = 'missing';

/** CloudWatch alarms as their settings, metric and composite. */
export function cloudWatchAlarmSettings(
  client: CloudWatchClient,
  signal?: AbortSignal,
): AlarmInspection {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async describe(names) {
      // An empty list of names would ask for every alarm of the account.
      if (names.length === 0) return [];
      const { MetricAlarms = [], CompositeAlarms = [] } = await callAws(
        { action: 'cloudwatch:DescribeAlarms', resource: names.join(', ') },
        () =>
          client.send(
            new DescribeAlarmsCommand({
              AlarmNames: [...names],
              AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
              MaxRecords: 100,
            }),
            options,
          ),
      );
      return [
        ...MetricAlarms.map(({ AlarmName, StateValue, TreatMissingData }) => ({
          name: AlarmName ?? '',
          state: StateValue ?? '',
          missingData: TreatMissingData ?? defaultMissingData,
        })),
        ...CompositeAlarms.map(({ AlarmName, StateValue }) => ({
          name: AlarmName ?? '',
          state: StateValue ?? '',
          missingData: undefined,
        })),
      ];
    },
  };
}
