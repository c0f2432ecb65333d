import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildModels, resourceProviders } from '../../../simulator/models.ts';
import { testWorld } from './loading.ts';

let testing: ReturnType<typeof testWorld>;
beforeAll(() => {
  testing = testWorld();
});
afterAll(() => testing.stop());

it('every modelled type can be deleted, and updated or replaced', () => {
  const providers = resourceProviders(buildModels(testing.world), testing.world);
  const lacking = Object.entries(providers).filter(
    ([, provider]) => !provider.delete || !(provider.update || provider.replacedBy),
  );
  expect(lacking.map(([type]) => type)).toEqual([]);
});
