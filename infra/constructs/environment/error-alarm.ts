import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { GreengateLoadBalancer } from './load-balancer.ts';

/**
 * On the load balancer, because the groups swap roles with every release (aws-facts 3.9). Its counter also holds what
 * hooks provoke on the test listener: one burst of probes touches two periods at most, so three in a row mean clients.
 */
export function errorAlarm(
  scope: Construct,
  id: string,
  serviceName: string,
  { loadBalancer }: GreengateLoadBalancer,
): Alarm {
  return new Alarm(scope, id, {
    alarmName: `${serviceName}-5xx`,
    alarmDescription: `Tasks of ${serviceName} answered 10 or more requests a minute with 5xx, three minutes in a row`,
    metric: loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, {
      statistic: 'Sum',
      period: Duration.minutes(1),
    }),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 10,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    // No traffic is no error: a fresh service must be deployable (aws-facts 3.9).
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
