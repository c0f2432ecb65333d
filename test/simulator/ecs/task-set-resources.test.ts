import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { ecsResources } from '../../../simulator/ecs/resources.ts';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
beforeEach(() => {
  fixture = new EcsFixture();
});
afterEach(() => fixture.stop());

const of = { Cluster: 'sample', Service: 'shop' };

function provided(type: string) {
  const provider = ecsResources(fixture.model, fixture.world)[type];
  if (!provider) throw new Error(`no provider for ${type}`);
  const context: ResourceContext = {
    world: fixture.world,
    stackName: 'Sample',
    logicalId: 'Thing',
    generatedName: () => 'Sample-Thing-ABCDEFGHIJKL',
  };
  const parse = (properties: unknown) => provider.properties.parse(properties) as never;
  return {
    create: (properties: unknown) => provider.create(parse(properties), context),
    update: (change: Record<'physicalId' | 'attributes' | 'properties' | 'next', unknown>) =>
      provider.update?.(
        { ...change, properties: parse(change.properties), next: parse(change.next) } as never,
        context,
      ),
    remove: (existing: object) => provider.delete?.(existing as never, context),
  };
}

it('task sets of a template run, become primary, are scaled, and drain before they are gone', async () => {
  await fixture.listener();
  const properties = {
    ...of,
    TaskDefinition: fixture.taskDefinition({ image: fixture.image('v1') }),
    LaunchType: 'FARGATE',
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-a'] } },
    Scale: { Unit: 'PERCENT', Value: '50' },
    Tags: [{ Key: 'team', Value: 'shop' }],
  };
  const service = await provided('AWS::ECS::Service').create({
    Cluster: 'sample',
    ServiceName: 'shop',
    DesiredCount: 2,
    DeploymentController: { Type: 'EXTERNAL' },
  });
  expect(service.physicalId).toMatch(/service\/sample\/shop$/);
  const sets = provided('AWS::ECS::TaskSet');
  const created = await sets.create(properties);
  const id = String(created.attributes?.Id);
  expect(id).toMatch(/^ecs-svc\/\d{19}$/);
  expect(created.physicalId).toBe(`sample|shop|${id}`);
  expect(fixture.view(id)).toMatchObject({ status: 'ACTIVE', computedDesiredCount: 1 });

  await provided('AWS::ECS::PrimaryTaskSet').create({ ...of, TaskSetId: id });
  expect(fixture.view(id)).toMatchObject({ status: 'PRIMARY' });

  const next = { ...properties, Scale: { Unit: 'PERCENT', Value: 100 } };
  const existing = { physicalId: created.physicalId, attributes: { Id: id } };
  await sets.update({ ...existing, properties, next });
  expect(fixture.view(id)).toMatchObject({ computedDesiredCount: 2 });

  await sets.remove({ ...existing, properties: next });
  expect(fixture.view(id)).toBeUndefined();
});
