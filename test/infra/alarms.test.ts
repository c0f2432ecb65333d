import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmNames } from '../../functions/core/notification/render-notification.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

const topicId = () => synthesized.controller.one('AWS::SNS::Topic').logicalId;

describe('alarms of the controller', () => {
  it.each([
    ['RollbackFailed', 'greengate-rollback-failed', 300],
    ['RollbackMissing', 'greengate-rollback-missing', 300],
    // Longer than ten minutes, at which the sweep counts drift again.
    ['Drift', 'greengate-drift', 900],
  ])('%s rings as %s within %i s and reports to the topic', (MetricName, AlarmName, Period) => {
    const alarm = synthesized.controller.one('AWS::CloudWatch::Alarm', { AlarmName });

    expect(alarm.properties).toMatchObject({
      Namespace: 'Greengate',
      MetricName,
      Statistic: 'Sum',
      Period,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: topicId() }],
    });
  });

  it('there is one for each name', () => {
    const metrics = synthesized.controller
      .ofType('AWS::CloudWatch::Alarm')
      .map(({ properties }) => properties.MetricName);
    expect(metrics.toSorted()).toEqual([...alarmNames].toSorted());
  });

  it.each(alarmNames)('%s is counted in the logs of every function that raises it', (name) => {
    const { controller } = synthesized;
    const filters = controller
      .ofType('AWS::Logs::MetricFilter')
      .filter(({ properties }) => JSON.stringify(properties.MetricTransformations).includes(name));
    const groups = filters.map(({ properties }) => {
      const { Ref } = properties.LogGroupName as { Ref: string };
      return controller.byId(Ref).properties.LogGroupName;
    });

    expect(groups.toSorted()).toEqual(
      expect.arrayContaining([
        '/aws/lambda/greengate-observe-deployment',
        '/aws/lambda/greengate-observe-execution',
        '/aws/lambda/greengate-run-deployment',
        '/aws/lambda/greengate-sweep',
      ]),
    );
    for (const { properties } of filters) {
      expect(properties.MetricTransformations).toEqual([
        { MetricNamespace: 'Greengate', MetricName: name, MetricValue: '1', DefaultValue: 0 },
      ]);
      expect(properties.FilterPattern).toBe(
        `{ ($.message = "alarm raised") && ($.alarm = "${name}") }`,
      );
    }
  });

  it('may publish to the topic, whose own policy replaces the default one', () => {
    const { PolicyDocument } = synthesized.controller.one('AWS::SNS::TopicPolicy').properties as {
      PolicyDocument: { Statement: unknown[] };
    };
    expect(PolicyDocument.Statement).toContainEqual({
      Sid: 'AlarmsOfThisAccount',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: topicId() },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });
});
