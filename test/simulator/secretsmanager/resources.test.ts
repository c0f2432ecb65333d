import { describe, expect, it } from 'vitest';
import { SecretsManagerModel } from '../../../simulator/secretsmanager/model.ts';
import { secretsManagerResources } from '../../../simulator/secretsmanager/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

const build = () => {
  const world = createTestWorld();
  const model = new SecretsManagerModel(world);
  const create = (properties: unknown) =>
    createResource(
      secretsManagerResources(model, world),
      world,
      'AWS::SecretsManager::Secret',
      properties,
    );
  return { model, create };
};

describe('AWS::SecretsManager::Secret', () => {
  it('with a value refers to its full ARN', async () => {
    const { model, create } = build();
    const { physicalId, attributes } = await create({ Name: 'shop', SecretString: '{"a":1}' });
    expect(physicalId).toMatch(/:secret:shop-\w{6}$/);
    expect(attributes).toEqual({ Id: physicalId });
    expect(model.secretString({ secretId: physicalId })).toBe('{"a":1}');
  });

  it('generates a password under its key of the template', async () => {
    const { model, create } = build();
    await create({
      Name: 'db',
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"shop"}',
        GenerateStringKey: 'password',
        ExcludePunctuation: 'true',
        PasswordLength: '16',
      },
    });
    const value: unknown = JSON.parse(model.secretString({ secretId: 'db' }));
    expect(value).toEqual({
      username: 'shop',
      password: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
    });
  });

  it('with a value and a rule for one is refused', async () => {
    const { create } = build();
    await expect(create({ SecretString: 'x', GenerateSecretString: {} })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });
});
