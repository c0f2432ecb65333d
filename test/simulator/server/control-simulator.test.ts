import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const startMs = Date.UTC(2026, 0, 1);
let simulator: Simulator;
let sqs: SQSClient;
beforeEach(async () => {
  simulator = await createSimulator({ time: 'stepped', startMs, accountId: '111122223333' });
  sqs = new SQSClient({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
  });
});
afterEach(async () => {
  sqs.destroy();
  await simulator.stop();
});

const send = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${simulator.endpoint}/_greengate/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
};
const queues = async () => (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [];
const template = {
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'declared' } } },
};

describe('reset', () => {
  it('empties the world, or makes what was loaded again, and closes all other connections', async () => {
    await send('POST', 'templates', { stackName: 'queues', template });
    await sqs.send(new CreateQueueCommand({ QueueName: 'by-hand' }));
    const { world } = simulator;
    expect(await send('POST', 'reset', { to: 'loaded', seed: 7 })).toEqual({
      seed: 7,
      time: '2026-01-01T00:00:00.000Z',
    });
    expect(simulator.world).not.toBe(world);
    expect(await queues()).toEqual([`${simulator.endpoint}/111122223333/declared`]);
    await send('POST', 'reset');
    expect(await queues()).toEqual([]);
    expect(await send('GET', 'state')).toMatchObject({ seed: 7, accountId: '111122223333' });
  });

  it("takes its turn, and calls that come meanwhile are the new world's", async () => {
    const resets = [simulator.reset({ seed: 3 }), simulator.reset({ seed: 4 })];
    const call = queues();
    await Promise.all(resets);
    expect(await call).toEqual([]);
    expect(simulator.world.random.seed).toBe(4);
  });

  it('refuses what it does not know', async () => {
    expect(await send('POST', 'reset', { to: 'yesterday' })).toEqual({
      message: expect.stringMatching(/^Member "to" of the body: .*"empty"\|"loaded"/),
    });
  });
});

describe('inspection', () => {
  it('pages the journal and filters it', async () => {
    for (const name of ['a', 'b', 'c']) {
      await sqs.send(new CreateQueueCommand({ QueueName: name }));
    }
    await queues();
    const filter = 'journal?kind=api.called&service=sqs&operation=CreateQueue';
    const first = await send('GET', `${filter}&limit=2`);
    expect(first.entries).toHaveLength(2);
    const rest = await send('GET', `${filter}&after=${first.next}`);
    expect(rest.entries).toEqual([expect.objectContaining({ operation: 'CreateQueue' })]);
    expect(rest).not.toHaveProperty('next');
    expect(await send('GET', 'journal?limit=0')).toEqual({
      message: expect.stringMatching(/^Member "limit" of the query: /),
    });
  });

  it('shows the resources of all services, and of one', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'a' }));
    const all = await send('GET', 'resources');
    expect(all).toMatchObject({
      sqs: { QueueUrls: [`${simulator.endpoint}/111122223333/a`] },
      ecs: { clusters: {}, taskDefinitionArns: [] },
    });
    expect(await send('GET', 'resources/sqs')).toEqual(all.sqs);
    expect(await send('GET', 'resources/dynamodb')).toEqual({
      message: expect.stringMatching(/^There is no service "dynamodb"; there are /),
    });
  });
});

describe('time', () => {
  it('advances by a duration, to an instant, and until nothing waits', async () => {
    const later: number[] = [];
    simulator.world.clock.schedule(90_000, () => later.push(simulator.world.clock.now()));
    expect(await send('POST', 'advance', { ms: 60_000 })).toEqual({
      time: '2026-01-01T00:01:00.000Z',
      paused: true,
    });
    // The second one reports the metrics of ECS services each minute.
    expect((await send('GET', 'state')).timers).toEqual({
      pending: 2,
      next: [
        { at: '2026-01-01T00:01:30.000Z', kind: 'waiting' },
        { at: '2026-01-01T00:02:00.000Z', kind: 'background' },
      ],
    });
    expect(await send('POST', 'advance', { untilIdle: true })).toMatchObject({ idle: true });
    expect(later).toEqual([startMs + 90_000]);
    await send('POST', 'advance', { to: '2026-01-01T01:00:00Z' });
    expect(simulator.world.clock.now()).toBe(startMs + 3_600_000);
  });

  it.each([
    [{}, 'The body takes exactly one of "ms", "to" and "untilIdle"'],
    [{ ms: 1, untilIdle: true }, 'The body takes exactly one of "ms", "to" and "untilIdle"'],
    [
      { to: '2025-01-01T00:00:00Z' },
      'Member "to" of the body: 2025-01-01T00:00:00Z is past, it is 2026-01-01T00:00:00.000Z',
    ],
    [{ minutes: 1 }, 'The body has no member "minutes"'],
  ])('refuses %o', async (body, message) => {
    expect(await send('POST', 'advance', body)).toEqual({ message });
  });

  it("stands still during the requests themselves, the registry's too", async () => {
    for (let turn = 0; turn < 20; turn++) {
      await send('PUT', 'settings', { rollbackGapMs: turn });
      await (await fetch(`${simulator.endpoint}/v2/`)).text();
    }
    expect((await send('GET', 'state')).time).toBe('2026-01-01T00:00:00.000Z');
  });

  it('is paused and resumed', async () => {
    expect(await send('POST', 'resume')).toMatchObject({ paused: false });
    expect(await send('POST', 'pause')).toMatchObject({ paused: true });
  });
});

describe('settings and seed', () => {
  it('change while it runs', async () => {
    expect(await send('PUT', 'settings', { rollbackGapMs: 5 })).toMatchObject({ rollbackGapMs: 5 });
    expect(simulator.world.settings.rollbackGapMs).toBe(5);
    expect(await send('GET', 'settings')).toEqual(simulator.world.settings);
    expect(await send('PUT', 'settings', { rollbackGapMs: 'long' })).toEqual({
      message: 'Setting rollbackGapMs takes a number from 0, got "long"',
    });
    await send('POST', 'seed', { seed: 3 });
    const first = simulator.world.ids.uuid();
    await send('POST', 'seed', { seed: 3 });
    expect(simulator.world.ids.uuid()).toBe(first);
  });
});

describe('loading', () => {
  it('builds and pushes an image from the files of the body', async () => {
    const answer = await send('POST', 'images', {
      repository: 'team/shop',
      tag: 'v1',
      files: {
        Dockerfile: 'FROM node:20\nCOPY app/main.js .\nCMD ["node","main.js"]',
        'app/main.js': '',
      },
    });
    expect(answer).toEqual({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(simulator.world.journal.of('ecr.image-pushed').at(-1)).toMatchObject({
      repository: 'team/shop',
      digest: answer.digest,
      tag: 'v1',
    });
    const outside = { repository: 'a/b', tag: 'v1', files: { '../x': '' } };
    expect((await send('POST', 'images', outside)).message).toContain('paths stay inside');
  });

  it('says what a template cannot have', async () => {
    const bad = { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } };
    expect(
      (await send('POST', 'templates', { stackName: 'bad', template: bad })).message,
    ).toContain('AWS::DynamoDB::Table');
  });
});

describe('addresses', () => {
  it('follow the Host header of the request', async () => {
    const { port } = new URL(simulator.endpoint);
    const named = new SQSClient({
      endpoint: `http://localhost:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    });
    const { QueueUrl } = await named.send(new CreateQueueCommand({ QueueName: 'a' }));
    named.destroy();
    expect(QueueUrl).toBe(`http://localhost:${port}/111122223333/a`);
  });

  it('of a page elsewhere are refused', async () => {
    const response = await fetch(`${simulator.endpoint}/_greengate/reset`, {
      method: 'POST',
      headers: { origin: 'https://evil.test' },
    });
    expect(response.status).toBe(403);
  });
});
