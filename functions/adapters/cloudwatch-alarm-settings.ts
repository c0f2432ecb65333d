import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AlarmInspection } from '../core/ports/alarm-settings.ts';
import { describeAlarms } from './cloudwatch-alarms.ts';

/** CloudWatch's default when nothing is said. */
const defaultMissingData = 'missing';

/** CloudWatch alarms as their settings, metric and composite. */
export function cloudWatchAlarmSettings(
  client: CloudWatchClient,
  signal?: AbortSignal,
): AlarmInspection {
  return {
    async describe(names) {
      const { MetricAlarms = [], CompositeAlarms = [] } = await describeAlarms(
        client,
        names,
        signal,
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
