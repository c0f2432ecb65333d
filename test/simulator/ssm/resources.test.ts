import { expect, it } from 'vitest';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { ssmResources } from '../../../simulator/ssm/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

const build = () => {
  const world = createTestWorld();
  const model = new SsmModel(world);
  const create = (properties: unknown) =>
    createResource(ssmResources(model), world, 'AWS::SSM::Parameter', properties);
  return { model, create };
};

it('a parameter of a template is there, and templates may refer to it', async () => {
  const { model, create } = build();
  const fromStart = model.templateValues();
  const created = await create({
    Name: '/shop/url',
    Type: 'String',
    Value: 'https://shop.example',
    Tags: { team: 'shop' },
  });
  expect(created).toEqual({
    physicalId: '/shop/url',
    attributes: { Type: 'String', Value: 'https://shop.example' },
  });
  expect(model.templateValues()).toEqual({ ...fromStart, '/shop/url': 'https://shop.example' });
});

it('a SecureString is refused, as CloudFormation creates none', async () => {
  const { create } = build();
  await expect(create({ Name: '/k', Type: 'SecureString', Value: 'x' })).rejects.toThrow(/Type/);
});
