import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let sqs: SQSClient;
let ecs: ECSClient;
let sns: SNSClient;
beforeEach(async () => {
  simulator = await createSimulator({ startMs: Date.UTC(2026, 0, 1) });
  const options = {
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    maxAttempts: 1,
  };
  sqs = new SQSClient(options);
  ecs = new ECSClient(options);
  sns = new SNSClient(options);
});
afterEach(async () => {
  for (const client of [sqs, ecs, sns]) client.destroy();
  await simulator.stop();
});

const send = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${simulator.endpoint}/_greengate/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
};
const fault = (effect: object, more: object = {}) =>
  send('POST', 'faults', { service: 'sqs', operation: 'CreateQueue', effect, ...more });
const create = (name: string) => sqs.send(new CreateQueueCommand({ QueueName: name }));
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: Error) => error.name,
  );
const queues = async () => (await sqs.send(new ListQueuesCommand({}))).QueueUrls?.length ?? 0;

describe('a fault of calls', () => {
  it('answers with the error of its choice, as often as it says, and counts', async () => {
    const { id } = await fault(
      { type: 'error', code: 'OverLimit', message: 'too many', status: 403 },
      { after: 1, count: 2 },
    );
    const seen = [];
    for (const name of ['a', 'b', 'c', 'd']) seen.push(await outcome(create(name)));
    expect(seen).toEqual(['ok', 'OverLimit', 'OverLimit', 'ok']);
    expect(await queues()).toBe(2);
    expect(await send('GET', 'faults')).toMatchObject({
      calls: [{ id, matched: 4, fired: 2, fault: { operation: 'CreateQueue' } }],
      events: [],
    });
    expect(simulator.world.journal.of('fault.injected')).toEqual([
      expect.objectContaining({ fault: id, effect: 'error', service: 'sqs', caller: 'user' }),
      expect.objectContaining({ fault: id, operation: 'CreateQueue' }),
    ]);
    expect(await send('DELETE', `faults/${id}`)).toEqual({ removed: id });
    expect(await send('DELETE', `faults/${id}`)).toEqual({ message: `There is no fault "${id}"` });
  });

  it("throttles in the service's own words", async () => {
    await send('POST', 'faults', { service: 'ecs', effect: { type: 'throttle' } });
    await send('POST', 'faults', { service: 'sns', effect: { type: 'throttle' } });
    await send('POST', 'faults', { service: 'sqs', effect: { type: 'throttle' } });
    await expect(ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(sns.send(new CreateTopicCommand({ Name: 't' }))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    });
    await expect(create('q')).rejects.toMatchObject({
      name: 'RequestThrottled',
      message: 'Request is throttled.',
    });
  });

  it('lets virtual time pass first', async () => {
    await fault({ type: 'delay', ms: 3_600_000 });
    await create('a');
    expect(simulator.world.clock.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1, 1));
    expect(await queues()).toBe(1);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('drops the connection %s the effect', async (when, made) => {
    await fault({ type: 'drop', when });
    expect(await outcome(create('a'))).not.toBe('ok');
    expect(await queues()).toBe(made);
    expect(simulator.world.journal.of('api.called')[0]).toMatchObject({
      operation: 'CreateQueue',
      errorCode: 'ConnectionDropped',
    });
  });

  it('does it twice and answers once', async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
    await send('POST', 'faults', { operation: 'Publish', effect: { type: 'duplicate' } });
    await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
    expect(simulator.world.journal.of('notification.published')).toHaveLength(2);
  });

  it('fits only the caller that it names', async () => {
    await fault({ type: 'throttle' }, { caller: 'greengate-hook' });
    expect(await outcome(create('a'))).toBe('ok');
    await fault({ type: 'error', code: 'OverLimit' }, { caller: 'user' });
    expect(await outcome(create('b'))).toBe('OverLimit');
  });

  it('with a probability fires without end, the same for a seed', async () => {
    const run = async () => {
      await send('POST', 'reset', { seed: 5 });
      await fault({ type: 'error', code: 'OverLimit' }, { probability: 0.5 });
      const seen = [];
      for (let call = 0; call < 12; call++) seen.push(await outcome(create(`q${call}`)));
      return seen;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set(['ok', 'OverLimit']));
    expect(await run()).toEqual(first);
  });

  it.each([
    [{ service: 'dynamodb' }, /^Member "service" of the body: there is no "dynamodb"; there are /],
    [
      { service: 'states', operation: 'Nope' },
      /^Member "operation" of the body: sfn has no simulated operation "Nope"$/,
    ],
    [{ effect: { type: 'explode' } }, /^Member "effect.type" of the body: /],
    [{ effect: { type: 'throttle', ms: 1 } }, /^The body has no member "effect.ms"$/],
    [{ count: 0 }, /^Member "count" of the body: /],
  ])('is refused as %o', async (members, message) => {
    expect(await send('POST', 'faults', { effect: { type: 'throttle' }, ...members })).toEqual({
      message: expect.stringMatching(message),
    });
  });
});
