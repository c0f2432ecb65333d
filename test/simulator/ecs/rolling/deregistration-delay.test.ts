import { afterEach, beforeEach, expect, it } from 'vitest';
import { RollingFixture } from './rolling-fixture.ts';

const serverSource = `import http from 'node:http';
  http.createServer((request, response) => response.end('ok')).listen(8080);`;

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

it('lets time jump over a deregistration delay of five minutes', async () => {
  await fixture.listener();
  fixture.blue.attributes.set('deregistration_delay.timeout_seconds', '300');
  const loadBalancers = [
    { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
  ];
  const taskDefinition = (tag: string) =>
    fixture.taskDefinition({ image: fixture.image(tag, { source: serverSource }) });
  const service = fixture.create({ taskDefinition: taskDefinition('v1'), loadBalancers });
  await fixture.reached(service, 'COMPLETED');
  fixture.update({ taskDefinition: taskDefinition('v2') });
  const updatedAtMs = fixture.world.clock.now();
  const startedAt = performance.now();
  await fixture.reached(service, 'COMPLETED');
  const skippedMs = fixture.world.clock.now() - updatedAtMs - (performance.now() - startedAt);
  expect(skippedMs).toBeGreaterThan(290_000);
});
