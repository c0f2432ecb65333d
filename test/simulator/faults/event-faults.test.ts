import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventEffect, EventFault } from '../../../simulator/faults/faults.ts';
import { createEventsFixture, type EventsFixture, queueArn } from '../events/events-fixture.ts';

let bus: EventsFixture;
beforeEach(async () => {
  bus = createEventsFixture();
  await bus.rule({
    EventPattern: { source: [{ prefix: 'aws.' }] },
    Targets: [{ Id: 'queue', Arn: queueArn }],
  });
});
afterEach(() => bus.stop());

const add = (effect: EventEffect, more: Partial<EventFault> = {}) =>
  bus.world.faults.events.add({ effect, ...more });
const publish = (source: string) =>
  bus.model.publish({ source, detailType: 'd', resources: [], detail: {} });
const arrived = () => bus.queued.map(({ body }) => (body as { id: string }).id);

it('an event is lost, and the next one is not', async () => {
  const { id } = add({ type: 'lose' }, { source: 'aws.ecr' });
  const lost = publish('aws.ecr');
  const second = publish('aws.ecr');
  await bus.delivered(1);
  expect(arrived()).toEqual([second]);
  expect(bus.world.journal.of('fault.injected')).toEqual([
    expect.objectContaining({ fault: id, effect: 'lose', eventId: lost }),
  ]);
});

it('events of ECS are never lost unless that is forced', async () => {
  add({ type: 'lose' }, { count: 9 });
  const first = publish('aws.ecs');
  await bus.delivered(1);
  add({ type: 'lose' }, { source: 'aws.ecs', force: true });
  publish('aws.ecs');
  await bus.world.clock.sleep(1_000);
  expect(arrived()).toEqual([first]);
});

it('an event arrives more than once under its own id', async () => {
  add({ type: 'duplicate', times: 2 });
  const id = publish('aws.ecr');
  await bus.delivered(3);
  expect(arrived()).toEqual([id, id, id]);
});

it('an event arrives late', async () => {
  const publishedAtMs = bus.world.clock.now();
  add({ type: 'delay', ms: 3_600_000 });
  publish('aws.ecr');
  await bus.delivered(1);
  expect(bus.world.clock.now() - publishedAtMs).toBeGreaterThanOrEqual(3_600_000);
});

it('an event is overtaken by the next that fits, or comes late when there is none', async () => {
  add({ type: 'reorder', withinMs: 60_000 }, { source: 'aws.ecr' });
  const first = publish('aws.ecr');
  const other = publish('aws.codedeploy');
  const second = publish('aws.ecr');
  await bus.delivered(3);
  expect(arrived()).toEqual([other, second, first]);
  add({ type: 'reorder', withinMs: 60_000 });
  const startMs = bus.world.clock.now();
  publish('aws.ecr');
  await bus.delivered(4);
  expect(bus.world.clock.now() - startMs).toBeGreaterThanOrEqual(60_000);
});
