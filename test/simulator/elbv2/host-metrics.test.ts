import { afterEach, beforeEach, expect, it } from 'vitest';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

const reports = (name: string) =>
  fixture.held.filter((metric) => metric.name === name).map(({ values }) => values);

it('reports healthy and unhealthy targets per load balancer and group until there are none', async () => {
  const group = fixture.group('blue');
  const listener = await fixture.listener(group);
  let status = 200;
  await fixture.target(group, '10.0.0.1', (_request, response) => {
    response.writeHead(status).end();
  });
  await fixture.reached(group, '10.0.0.1', 'healthy');
  await fixture.world.clock.sleep(30_000);
  expect([reports('HealthyHostCount').at(-1), reports('UnHealthyHostCount').at(-1)]).toEqual([
    [1],
    [0],
  ]);
  status = 500;
  await fixture.reached(group, '10.0.0.1', 'unhealthy');
  await fixture.world.clock.sleep(10_000);
  expect([reports('HealthyHostCount').at(-1), reports('UnHealthyHostCount').at(-1)]).toEqual([
    [0],
    [1],
  ]);
  fixture.model.deregisterTarget(group.arn, { id: '10.0.0.1', port: 8080 });
  await fixture.world.clock.sleep(301_000);
  expect(reports('HealthyHostCount').at(-1)).toEqual([]);
  expect(fixture.held.find(({ name }) => name === 'UnHealthyHostCount')).toMatchObject({
    namespace: 'AWS/ApplicationELB',
    dimensions: { LoadBalancer: listener.loadBalancer.fullName, TargetGroup: group.fullName },
  });
});

it('divides the requests of a group by its targets', async () => {
  const group = fixture.group('blue');
  const listener = await fixture.listener(group);
  for (const id of ['10.0.0.1', '10.0.0.2']) {
    await fixture.target(group, id);
    await fixture.reached(group, id, 'healthy');
  }
  for (let request = 0; request < 4; request++) await fixture.get(listener);
  const perTarget = fixture.metrics.filter(
    ({ name, dimensions }) => name === 'RequestCountPerTarget' && !('LoadBalancer' in dimensions),
  );
  expect(perTarget.map(({ dimensions }) => dimensions)).toEqual(
    Array(4).fill({ TargetGroup: group.fullName }),
  );
  expect(perTarget.reduce((sum, { value }) => sum + value, 0)).toBe(2);
});
