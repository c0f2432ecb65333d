import { afterEach, beforeEach, expect, it } from 'vitest';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
beforeEach(() => {
  fixture = new EcsFixture();
});
afterEach(() => fixture.stop());

it('a deleted CODE_DEPLOY service is INACTIVE after a deregistration delay that time jumps over', async () => {
  await fixture.listener();
  fixture.blue.attributes.set('deregistration_delay.timeout_seconds', '300');
  const service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }));
  await fixture.model.serviceIsSteady(service);
  const deletedAtMs = fixture.world.clock.now();
  const startedAt = performance.now();
  fixture.model.deleteService('sample', 'shop', true);
  expect(service.status).toBe('DRAINING');
  while (service.status !== 'INACTIVE') await new Promise((resolve) => setTimeout(resolve, 5));
  const skippedMs = fixture.world.clock.now() - deletedAtMs - (performance.now() - startedAt);
  expect(skippedMs).toBeGreaterThan(290_000);
});
