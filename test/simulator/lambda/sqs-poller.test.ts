import { expect, it } from 'vitest';
import type { EventSource } from '../../../simulator/lambda/event-source.ts';
import { SqsPoller } from '../../../simulator/lambda/sqs-poller.ts';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

/** What the function does with the queue while it has the batch of both messages; yields the bodies of each batch. */
async function poll(meanwhile: (world: TestWorld, sqs: SqsModel) => Promise<void> | void) {
  const world = createTestWorld();
  const sqs = new SqsModel(world);
  world.provide('sqs', sqs);
  const queue = sqs.createQueue('jobs.fifo', {
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    VisibilityTimeout: '30',
  });
  for (const body of ['one', 'two']) queue.send(body, { groupId: 'a' });
  const source: Partial<EventSource> = {
    queueArn: queue.arn,
    enabled: true,
    batchSize: 10,
    windowSeconds: 0,
    filters: [],
  };
  const batches: string[][] = [];
  let handled = () => {};
  const done = new Promise<void>((resolve) => {
    handled = resolve;
  });
  const poller = new SqsPoller({
    world,
    source: () => source as EventSource,
    authorize: () => {},
    invoke: async (event) => {
      const { Records } = event as { Records: { body: string }[] };
      batches.push(Records.map(({ body }) => body));
      if (batches.length === 1) await meanwhile(world, sqs);
      else handled();
      return { payload: null } as never;
    },
  });
  return { world, sqs, queue, batches, done, poller };
}

it('lives on when a FIFO queue no longer lets go of messages that were handled too late, and gets them again', async () => {
  const { world, queue, batches, done, poller } = await poll(({ clock }) => clock.sleep(31_000));
  await done;
  await poller.stop();
  expect(batches).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
  expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  world.clock.stop();
});

it('lives on when the queue goes while its messages are handled, and reads the next one of that name', async () => {
  const { world, sqs, batches, done, poller } = await poll((_world, model) =>
    model.deleteQueue(model.byName('jobs.fifo')),
  );
  await world.clock.sleep(60_000);
  const anew = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  sqs.createQueue('jobs.fifo', anew).send('three', { groupId: 'a' });
  await world.clock.sleep(60_000);
  await done;
  await poller.stop();
  expect(batches).toEqual([['one', 'two'], ['three']]);
  expect(sqs.byName('jobs.fifo').counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  world.clock.stop();
});
