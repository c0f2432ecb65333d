import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import { alarmNotification } from './alarm-notification.ts';
import type { AlarmStatus } from './alarm-status.ts';
import { alarmTimestamp } from './alarm-timestamp.ts';
import type { AnyAlarm } from './composite-alarm.ts';

interface Actions {
  readonly AlarmActions?: string[] | undefined;
  readonly OKActions?: string[] | undefined;
  readonly InsufficientDataActions?: string[] | undefined;
}

export interface ExecutedAction {
  readonly action: string;
  /** Undefined when it succeeded. */
  readonly failure: string | undefined;
}

/**
 * Topics are notified. Scaling policies are taken and scale nothing, as Application Auto Scaling does here; other
 * actions would be promises that nobody keeps.
 */
export function checkActions(input: Actions): void {
  const actions = [
    ...(input.AlarmActions ?? []),
    ...(input.OKActions ?? []),
    ...(input.InsufficientDataActions ?? []),
  ];
  for (const action of actions) {
    if (!action.startsWith('arn:aws:sns:') && !isScalingPolicy(action)) {
      throw new AwsError(
        'ValidationException',
        `Alarm action ${action} is not simulated; SNS topics and scaling policies are`,
      );
    }
  }
}

function isScalingPolicy(action: string): boolean {
  return /^arn:aws:autoscaling:[^:]*:\d{12}:scalingPolicy:/.test(action);
}

/** Publishes the alarm's state change to EventBridge and to its topics. */
export function announceTransition(
  world: World,
  alarm: AnyAlarm,
  previous: AlarmStatus,
): ExecutedAction[] {
  const { AlarmDescription } = alarm.input;
  world.services.events.publish({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: showState(alarm),
      previousState: showState(previous),
      configuration: {
        ...(alarm.kind === 'CompositeAlarm'
          ? { alarmRule: alarm.input.AlarmRule }
          : { metrics: showMetrics(alarm) }),
        ...(AlarmDescription ? { description: AlarmDescription } : {}),
      },
    },
  });
  if (!alarm.actionsEnabled) return [];
  return actionsOf(alarm.input, alarm.state).map((action) => ({
    action,
    failure: isScalingPolicy(action) ? undefined : notify(world, action, alarm, previous),
  }));
}

/** A topic that is gone must not end the evaluation of alarms: the history says so. */
function notify(
  world: World,
  topicArn: string,
  alarm: AnyAlarm,
  previous: AlarmStatus,
): string | undefined {
  try {
    world.services.sns.publish(topicArn, alarmNotification(world, alarm, previous));
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

function actionsOf(input: Actions, state: AlarmState): readonly string[] {
  if (state === 'ALARM') return input.AlarmActions ?? [];
  return (state === 'OK' ? input.OKActions : input.InsufficientDataActions) ?? [];
}

function showState(from: AlarmStatus): Record<string, unknown> {
  return {
    value: from.state,
    reason: from.stateReason,
    ...(from.stateReasonData ? { reasonData: from.stateReasonData } : {}),
    timestamp: alarmTimestamp(from.stateUpdatedMs),
  };
}

function showMetrics(alarm: Extract<AnyAlarm, { kind: 'MetricAlarm' }>): Record<string, unknown>[] {
  const { Metrics, Statistic, ExtendedStatistic } = alarm.input;
  return alarm.queries.map((query) => {
    const given = Metrics?.find(({ Id }) => Id === query.id);
    return {
      id: query.id,
      returnData: query.returnData,
      ...(query.kind === 'metric'
        ? {
            metricStat: {
              metric: query.metric,
              period: query.periodSeconds,
              stat: Statistic ?? ExtendedStatistic ?? given?.MetricStat?.Stat,
            },
          }
        : { expression: given?.Expression }),
    };
  });
}
