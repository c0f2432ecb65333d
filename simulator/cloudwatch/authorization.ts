import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on CloudWatch: alarms have ARNs, metrics a namespace as a condition key. */
export function cloudwatchAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const alarm = (name: unknown) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${text(name)}`;
  const dashboard = (name: unknown) => `arn:aws:cloudwatch::${accountId}:dashboard/${text(name)}`;
  const each = (input: Readonly<Record<string, unknown>>) =>
    texts(input.AlarmNames).map((name) => ({ resource: alarm(name) }));
  return {
    prefix: 'cloudwatch',
    operations: {
      ...anyResource(
        'GetMetricData',
        'GetMetricStatistics',
        'ListMetrics',
        'ListDashboards',
        'DescribeAlarmsForMetric',
        'DescribeAnomalyDetectors',
      ),
      PutMetricData: (input) => ({
        resource: '*',
        keys: { 'cloudwatch:namespace': text(input.Namespace) || undefined },
      }),
      ...sameNeeds(each, 'DeleteAlarms', 'DisableAlarmActions', 'EnableAlarmActions'),
      DescribeAlarms: (input) => {
        const named = each(input);
        return named.length > 0 ? named : { resource: alarm('*') };
      },
      DescribeAlarmHistory: (input) => ({ resource: alarm(input.AlarmName || '*') }),
      ...sameNeeds(
        (input) => [
          { resource: alarm(input.AlarmName), keys: requestTagKeys(input.Tags) },
          ...tagging('cloudwatch:TagResource', alarm(input.AlarmName), input.Tags),
        ],
        'PutMetricAlarm',
        'PutCompositeAlarm',
      ),
      SetAlarmState: (input) => ({ resource: alarm(input.AlarmName) }),
      ...sameNeeds(
        (input) => ({ resource: dashboard(input.DashboardName) }),
        'GetDashboard',
        'PutDashboard',
      ),
      DeleteDashboards: (input) =>
        texts(input.DashboardNames).map((name) => ({ resource: dashboard(name) })),
      ListTagsForResource: (input) => ({ resource: text(input.ResourceARN) }),
      TagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}
