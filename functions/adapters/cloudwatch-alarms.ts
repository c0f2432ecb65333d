import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import type { Alarms } from '../core/ports/alarms.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const cloudWatchClient = once(() => new CloudWatchClient(clientSettings));

/** DescribeAlarms takes at most 100 names; without both types it leaves composite alarms out. */
const maxNames = 100;

/** DescribeAlarms for both types; an empty list of names would ask for every alarm of the account. */
export async function describeAlarms(
  client: CloudWatchClient,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Pick<DescribeAlarmsCommandOutput, 'MetricAlarms' | 'CompositeAlarms'>> {
  if (names.length === 0) return {};
  return callAws({ action: 'cloudwatch:DescribeAlarms', resource: names.join(', ') }, () =>
    client.send(
      new DescribeAlarmsCommand({
        AlarmNames: [...names],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: maxNames,
      }),
      signal === undefined ? {} : { abortSignal: signal },
    ),
  );
}

/** CloudWatch alarms, metric and composite. */
export function cloudWatchAlarms(client: CloudWatchClient, signal?: AbortSignal): Alarms {
  return {
    async states(names) {
      const { MetricAlarms = [], CompositeAlarms = [] } = await describeAlarms(
        client,
        names,
        signal,
      );
      return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
        AlarmName === undefined || StateValue === undefined
          ? []
          : [{ name: AlarmName, state: StateValue }],
      );
    },
  };
}
