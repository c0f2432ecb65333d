import { Aws, Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  type AlarmName,
  alarmNames,
} from '../../functions/core/notification/render-notification.ts';
import { metricNamespace } from '../names.ts';
import type { ControllerFunction } from './controller-function.ts';

export interface AlarmsProps {
  readonly topic: Topic;
  /** By construct id: the functions that notify of ends and of drift. */
  readonly functions: Readonly<Record<string, ControllerFunction>>;
}

const descriptions: Readonly<Record<AlarmName, string>> = {
  RollbackFailed:
    'A rollback did not end well, or production is not on the original: look at listeners and task sets',
  RollbackMissing:
    'A deployment failed and CodeDeploy started no rollback: look at listeners and task sets',
  Drift: 'A service is not as its last release left it: drift/SERVICE.json in the records says how',
};

/** Longer than the sweep's interval, so that the alarm stands while drift does. */
const driftPeriodMinutes = 15;

/**
 * What cannot wait for somebody to read a notification. The metrics are counted from the functions' own logs, so they
 * ring also when SNS refused the notification itself, and cost no call and no permission.
 */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { topic, functions }: AlarmsProps) {
    super(scope, id);
    for (const alarm of alarmNames) {
      for (const [name, { logGroup }] of Object.entries(functions)) {
        new MetricFilter(this, `${name}${alarm}`, {
          logGroup,
          metricNamespace,
          metricName: alarm,
          metricValue: '1',
          // Else CloudWatch goes by the last value there was, up to two periods back (user guide, evaluation range).
          defaultValue: 0,
          filterPattern: FilterPattern.all(
            FilterPattern.stringValue('$.message', '=', 'alarm raised'),
            FilterPattern.stringValue('$.alarm', '=', alarm),
          ),
        });
      }
      const metric = new Metric({
        namespace: metricNamespace,
        metricName: alarm,
        statistic: Stats.SUM,
        period: Duration.minutes(alarm === 'Drift' ? driftPeriodMinutes : 5),
      });
      metric
        .createAlarm(this, alarm, {
          alarmName: `greengate-${kebabCase(alarm)}`,
          alarmDescription: descriptions[alarm],
          threshold: 1,
          evaluationPeriods: 1,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          // Nobody logs while nothing happens.
          treatMissingData: TreatMissingData.NOT_BREACHING,
        })
        .addAlarmAction(new SnsAction(topic));
    }
    // A topic that has a policy of its own has lost the default one, by which the account's alarms could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
}

/** `RollbackMissing` is `rollback-missing`. */
function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
