import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface NamedMetric {
  readonly id: string;
  readonly metric: Metric;
}

export interface AlarmedMetric extends NamedMetric {
  readonly description: string;
  /** How long it must stand, a multiple of the metric's period. */
  readonly minutes: number;
}

/** Something is there that should not be: one or more, for as long as said. */
export function wakingAlarm(
  scope: Construct,
  prefix: string,
  { id, metric, description, minutes }: AlarmedMetric,
): Alarm {
  return new Alarm(scope, id, {
    alarmName: `${prefix}-${id}`,
    alarmDescription: description,
    metric,
    threshold: 1,
    evaluationPeriods: minutes / metric.period.toMinutes(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
