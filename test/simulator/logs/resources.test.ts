import { expect, it } from 'vitest';
import { LogsModel } from '../../../simulator/logs/model.ts';
import { logsResources } from '../../../simulator/logs/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

it("a resource policy of a template is the account's, and its Ref the name", async () => {
  const world = createTestWorld();
  const model = new LogsModel(world);
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  const properties = { PolicyName: 'events', PolicyDocument };
  const type = 'AWS::Logs::ResourcePolicy';
  const created = await createResource(logsResources(model, world), world, type, properties);
  expect(created).toEqual({ physicalId: 'events' });
  expect(model.resourcePolicies.get('events')?.policyDocument).toBe(PolicyDocument);
});

it('a log group with retention is created from a template, its Arn ending in :*', async () => {
  const world = createTestWorld();
  const model = new LogsModel(world);
  const properties = { LogGroupName: '/aws/lambda/x', RetentionInDays: '30' };
  const created = await createResource(
    logsResources(model, world),
    world,
    'AWS::Logs::LogGroup',
    properties,
  );
  expect(created).toEqual({
    physicalId: '/aws/lambda/x',
    attributes: { Arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/x:*' },
  });
  expect(model.group('/aws/lambda/x').retentionInDays).toBe(30);
});
