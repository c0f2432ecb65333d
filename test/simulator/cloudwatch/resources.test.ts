import { expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { cloudwatchResources } from '../../../simulator/cloudwatch/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

const alarm = {
  AlarmName: 'shop-5xx',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
  EvaluationPeriods: '3',
  DatapointsToAlarm: 3,
  MetricName: 'HTTPCode_Target_5XX_Count',
  Namespace: 'AWS/ApplicationELB',
  Period: 60,
  Statistic: 'Sum',
  Threshold: 10,
  TreatMissingData: 'notBreaching',
};

it('an alarm is created from a template, and what it does not model is refused by name', async () => {
  const world = createTestWorld({ services: { events: { publish: () => 'id' } } });
  const model = new CloudWatchModel(world);
  const create = (properties: unknown) =>
    createResource(cloudwatchResources(model, world), world, 'AWS::CloudWatch::Alarm', properties);
  expect(await create(alarm)).toEqual({
    physicalId: 'shop-5xx',
    attributes: { Arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-5xx' },
  });
  expect(model.alarmStates(['shop-5xx'])).toEqual([{ name: 'shop-5xx', state: 'OK' }]);
  await expect(create({ ...alarm, ThresholdMetricId: 'e1' })).rejects.toThrow('ThresholdMetricId');
  world.clock.stop();
});
