import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Alarms } from '../core/ports/alarms.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const cloudWatchClient = once(() => new CloudWatchClient(clientSettings));

/** DescribeAlarms takes at most 100 names; without both types it leaves composite alarms out. */
const maxNames = 100;

/** CloudWatch alarms, metric and composite. */
export function cloudWatchAlarms(client: CloudWatchClient, signal?: AbortSignal): Alarms {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async states(names) {
      // An empty list of names would ask for every alarm of the account.
      if (names.length === 0) return [];
      const { MetricAlarms = [], CompositeAlarms = [] } = await callAws(
        { action: 'cloudwatch:DescribeAlarms', resource: names.join(', ') },
        () =>
          client.send(
            new DescribeAlarmsCommand({
              AlarmNames: [...names],
              AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
              MaxRecords: maxNames,
            }),
            options,
          ),
      );
      return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
        AlarmName === undefined || StateValue === undefined
          ? []
          : [{ name: AlarmName, state: StateValue }],
      );
    },
  };
}
