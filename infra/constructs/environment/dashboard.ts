import { Aws } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { controllerMetrics, serviceMetrics } from './dashboard-metrics.ts';
import type { GreengateDashboardProps } from './props.ts';
import { type NamedMetric, wakingAlarm } from './waking-alarm.ts';

/**
 * What to look at when somebody asks how releases go: errors and health of both groups, executions that failed, queues
 * of what could not be handled; with an alarm for each that should never be there.
 */
export class GreengateDashboard extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: GreengateDashboardProps) {
    super(scope, id);
    const { services, dashboardName = 'greengate', notificationTopicArn } = props;
    if (services.length === 0) throw new Error('GreengateDashboard needs a service to show');
    const controller = controllerMetrics(this);
    const shown = services.map((service) => ({ service, ...serviceMetrics(service) }));
    const made = [...controller.alarmed, ...shown.flatMap(({ alarmed }) => alarmed)].map((one) =>
      wakingAlarm(this, dashboardName, one),
    );
    this.alarms = [...made, ...services.map(({ alarm }) => alarm)];
    if (notificationTopicArn !== undefined) {
      const topic = Topic.fromTopicArn(this, 'Topic', notificationTopicArn);
      for (const alarm of this.alarms) alarm.addAlarmAction(new SnsAction(topic));
    }
    new Dashboard(this, 'Dashboard', {
      dashboardName,
      widgets: [
        this.alarms.map((alarm) => new AlarmWidget({ alarm, title: alarm.alarmName, width: 6 })),
        ...shown.map(({ service, errors, unhealthy, requests }) =>
          row(service.serviceName, { requests, 'answers with 5xx': errors, unhealthy }),
        ),
        row('Greengate', { executions: controller.executions, undelivered: controller.queues }),
      ],
    });
  }
}

function row(name: string, graphs: Readonly<Record<string, readonly NamedMetric[]>>): IWidget[] {
  const titles = Object.entries(graphs);
  return titles.map(
    ([title, metrics]) =>
      new GraphWidget({
        title: `${name}: ${title}`,
        left: metrics.map(({ metric }) => metric as IMetric),
        width: Math.floor(24 / titles.length),
        region: Aws.REGION,
      }),
  );
}
