import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { stateMachineName } from '../../names.ts';
import type { GreengateService } from './service.ts';
import type { AlarmedMetric, NamedMetric } from './waking-alarm.ts';

const period = Duration.minutes(1);

/** The controller's queues, by the names that its stack gives them. */
const deadLetterQueues = ['greengate-undelivered-events', 'greengate-failed-invocations'];

/** Of both target groups: which one is production changes with every release. */
export function serviceMetrics({ serviceName, loadBalancer, listeners }: GreengateService) {
  const groups = listeners.groups.all.map((group, index) => ({
    group,
    label: index === 0 ? 'blue' : 'green',
  }));
  const of = (metricName: string, statistic: string): NamedMetric[] =>
    groups.map(({ group, label }) => ({
      id: `${serviceName}-${label}`,
      metric: new Metric({
        namespace: 'AWS/ApplicationELB',
        metricName,
        statistic,
        period,
        label,
        dimensionsMap: {
          LoadBalancer: loadBalancer.loadBalancer.loadBalancerFullName,
          TargetGroup: group.targetGroupFullName,
        },
      }),
    }));
  const unhealthy = of('UnHealthyHostCount', Stats.MAXIMUM);
  return {
    requests: of('RequestCount', Stats.SUM),
    errors: of('HTTPCode_Target_5XX_Count', Stats.SUM),
    unhealthy,
    alarmed: unhealthy.map(
      (one): AlarmedMetric => ({
        id: `${one.id}-unhealthy`,
        metric: one.metric,
        description: `Tasks in the ${one.id} target group failed health checks for ten minutes`,
        // A release that does not start is ended sooner than that; what lasts is production, or what a rollback left.
        minutes: 10,
      }),
    ),
  };
}

/** By name, so that the dashboard may stand in another stack than the controller. */
export function controllerMetrics(scope: Construct) {
  const StateMachineArn = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: stateMachineName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const execution = (metricName: string): NamedMetric => ({
    id: metricName,
    metric: new Metric({
      namespace: 'AWS/States',
      metricName,
      statistic: Stats.SUM,
      period,
      dimensionsMap: { StateMachineArn },
    }),
  });
  const failed = ['ExecutionsFailed', 'ExecutionsTimedOut'].map(execution);
  const queues = deadLetterQueues.map(
    (QueueName): NamedMetric => ({
      id: QueueName,
      metric: new Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
        label: QueueName,
        dimensionsMap: { QueueName },
      }),
    }),
  );
  return {
    executions: [execution('ExecutionsStarted'), execution('ExecutionsSucceeded'), ...failed],
    queues,
    alarmed: [
      ...failed.map(
        ({ id, metric }): AlarmedMetric => ({
          id: id === 'ExecutionsFailed' ? 'release-failed' : 'release-timed-out',
          metric,
          description: 'An execution of greengate-deploy did not succeed: its error says why',
          minutes: 1,
        }),
      ),
      ...queues.map(
        ({ id, metric }): AlarmedMetric => ({
          id: id.replace('greengate-', ''),
          metric,
          description: `${id} holds what could not be handled: docs/how-to/watch-greengate.md`,
          minutes: 5,
        }),
      ),
    ],
  };
}
