import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';

type PreviousState = Pick<Alarm, 'state' | 'stateReason' | 'stateReasonData' | 'stateUpdatedMs'>;

/** Only topics are notified here; other actions would be promises that nobody keeps. */
export function checkActions(input: PutMetricAlarmInput): void {
  const actions = [
    ...(input.AlarmActions ?? []),
    ...(input.OKActions ?? []),
    ...(input.InsufficientDataActions ?? []),
  ];
  for (const action of actions) {
    if (!action.startsWith('arn:aws:sns:')) {
      throw new AwsError(
        'ValidationException',
        `Alarm action ${action} is not simulated; SNS topics are`,
      );
    }
  }
}

/** Publishes the alarm's state change to EventBridge and to its topics. */
export function announceTransition(world: World, alarm: Alarm, previous: PreviousState): void {
  world.services.events.publish({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: showState(alarm),
      previousState: showState(previous),
      configuration: {
        metrics: showMetrics(alarm),
        ...(alarm.input.AlarmDescription ? { description: alarm.input.AlarmDescription } : {}),
      },
    },
  });
  if (alarm.input.ActionsEnabled === false) return;
  for (const topicArn of actionsOf(alarm.input, alarm.state)) {
    world.services.sns.publish(topicArn, notificationOf(world, alarm, previous));
  }
}

function actionsOf(input: PutMetricAlarmInput, state: AlarmState): readonly string[] {
  if (state === 'ALARM') return input.AlarmActions ?? [];
  return (state === 'OK' ? input.OKActions : input.InsufficientDataActions) ?? [];
}

function showState(from: PreviousState): Record<string, unknown> {
  return {
    value: from.state,
    reason: from.stateReason,
    ...(from.stateReasonData ? { reasonData: from.stateReasonData } : {}),
    // EventBridge shows the offset without a colon: 2026-11-21T09:00:00.000+0000.
    timestamp: new Date(from.stateUpdatedMs).toISOString().replace('Z', '+0000'),
  };
}

function showMetrics(alarm: Alarm): Record<string, unknown>[] {
  return alarm.queries.map((query) => ({
    id: query.id,
    returnData: query.returnData,
    ...(query.kind === 'metric'
      ? {
          metricStat: {
            metric: query.metric,
            period: query.periodSeconds,
            stat: alarm.input.Statistic ?? alarm.input.ExtendedStatistic ?? statOf(alarm, query.id),
          },
        }
      : { expression: alarm.input.Metrics?.find(({ Id }) => Id === query.id)?.Expression }),
  }));
}

function statOf(alarm: Alarm, id: string): string | undefined {
  return alarm.input.Metrics?.find((query) => query.Id === id)?.MetricStat?.Stat;
}

function notificationOf(world: World, alarm: Alarm, previous: PreviousState) {
  const subject = `${alarm.state}: "${alarm.name}" in ${world.identity.region}`;
  return {
    subject: subject.slice(0, 100),
    message: JSON.stringify({
      AlarmName: alarm.name,
      AlarmDescription: alarm.input.AlarmDescription ?? null,
      AWSAccountId: world.identity.accountId,
      NewStateValue: alarm.state,
      NewStateReason: alarm.stateReason,
      StateChangeTime: new Date(alarm.stateUpdatedMs).toISOString().replace('Z', '+0000'),
      Region: world.identity.region,
      AlarmArn: alarm.arn,
      OldStateValue: previous.state,
      Trigger: {
        MetricName: alarm.input.MetricName,
        Namespace: alarm.input.Namespace,
        Statistic: alarm.input.Statistic ?? alarm.input.ExtendedStatistic,
        Period: alarm.watched.periodSeconds,
        EvaluationPeriods: alarm.rule.evaluationPeriods,
        DatapointsToAlarm: alarm.rule.datapointsToAlarm,
        ComparisonOperator: alarm.input.ComparisonOperator,
        Threshold: alarm.input.Threshold,
        TreatMissingData: alarm.rule.treatMissingData,
      },
    }),
  };
}
