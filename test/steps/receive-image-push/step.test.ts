import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidEventError, TransientAwsError } from '../../../functions/core/errors.ts';
import { receiveEvent, receiveImagePush } from '../../../functions/receive-image-push/step.ts';
import { configOf, serviceConfig } from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { FakeWorkflow } from '../../support/fakes/fake-workflow.ts';

const eventId = '00000000-0000-4000-8000-000000000001';

function sample(file: string) {
  return JSON.parse(readFileSync(new URL(`../../../events/${file}`, import.meta.url), 'utf8'));
}

function prepare(...services: ReturnType<typeof serviceConfig>[]) {
  const deps = {
    config: configOf(...services),
    workflow: new FakeWorkflow(),
    records: new FakeRecords(),
    clock: new FakeClock(),
    log: new FakeLog(),
  };
  return { deps, receive: (event: unknown) => receiveImagePush(receiveEvent(event), deps) };
}

const name = 'shop-0123456789ab-11e594f481958c10';

describe('receiveImagePush', () => {
  it('starts one execution for the service that takes the image', async () => {
    const { deps, receive } = prepare();
    const output = await receive(sample('ecr/push.json'));
    expect(output).toEqual({
      outcome: 'started',
      executions: [{ service: 'shop', executionName: name, result: 'started' }],
    });
    expect([...deps.workflow.executions]).toEqual([
      [
        name,
        {
          service: 'shop',
          repository: 'team/shop',
          tag: 'v1.4.2',
          digest: 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
          pushedAt: '2026-09-01T10:00:00Z',
          eventId,
        },
      ],
    ]);
    expect(deps.records.stored(`pushes/${eventId}/received.json`)).toMatchObject({
      tag: 'v1.4.2',
      executions: [{ service: 'shop', executionName: name }],
    });
  });

  it('starts nothing new when the event is delivered again', async () => {
    const { deps, receive } = prepare();
    await receive(sample('ecr/push.json'));
    expect(await receive(sample('ecr/push.json'))).toMatchObject({
      executions: [{ executionName: name, result: 'already-started' }],
    });
    expect(deps.workflow.executions.size).toBe(1);
  });

  it('starts another execution when the same digest is pushed again', async () => {
    const { deps, receive } = prepare();
    await receive(sample('ecr/push.json'));
    await receive({ ...sample('ecr/push.json'), id: 'another-event' });
    expect(deps.workflow.executions.size).toBe(2);
  });

  it('starts the remaining executions on the retry after one start failed', async () => {
    const cart = serviceConfig({ name: 'cart' });
    const { deps, receive } = prepare(serviceConfig(), cart);
    const cartName = name.replace('shop', 'cart');
    deps.workflow.startFailures.set(cartName, new TransientAwsError('throttled'));
    await expect(receive(sample('ecr/push.json'))).rejects.toThrow('throttled');
    deps.workflow.startFailures.clear();
    expect(await receive(sample('ecr/push.json'))).toEqual({
      outcome: 'started',
      executions: [
        { service: 'shop', executionName: name, result: 'already-started' },
        { service: 'cart', executionName: cartName, result: 'started' },
      ],
    });
  });

  it('starts the other services although one cannot be started', async () => {
    const { deps, receive } = prepare(serviceConfig(), serviceConfig({ name: 'cart' }));
    deps.workflow.startFailures.set(name, new TransientAwsError('throttled'));
    await expect(receive(sample('ecr/push.json'))).rejects.toThrow('throttled');
    expect([...deps.workflow.executions.keys()]).toEqual([name.replace('shop', 'cart')]);
  });

  it('records the push before it starts anything', async () => {
    const { deps, receive } = prepare();
    deps.workflow.startFailures.set(name, new TransientAwsError('throttled'));
    await expect(receive(sample('ecr/push.json'))).rejects.toThrow('throttled');
    expect(deps.records.stored(`pushes/${eventId}/received.json`)).toMatchObject({
      repository: 'team/shop',
      executions: [{ service: 'shop', executionName: name }],
    });
  });

  it('starts the release although the push cannot be recorded', async () => {
    const { deps, receive } = prepare();
    deps.records.failure = new TransientAwsError('s3 is down');
    expect(await receive(sample('ecr/push.json'))).toMatchObject({ outcome: 'started' });
    expect(deps.workflow.executions.size).toBe(1);
    expect(deps.log.messages('error')).toEqual(['record not written']);
  });

  it('leaves an event to the on-failure destination when not even its refusal can be kept', async () => {
    const { deps, receive } = prepare();
    deps.records.failure = new TransientAwsError('s3 is down');
    await expect(receive(sample('ecr/push-untagged.json'))).rejects.toThrow('s3 is down');
  });

  it.each([
    ['ecr/push-untagged.json', /without a tag/],
    ['ecr/replication.json', /not an ECR image action/],
  ])('ignores %s, logs and records why', async (file, reason) => {
    const { deps, receive } = prepare();
    const event = sample(file);
    const output = await receive(event);
    expect(output).toEqual({ outcome: 'ignored', reason: expect.stringMatching(reason) });
    expect(deps.workflow.executions.size).toBe(0);
    expect(deps.records.stored(`pushes/${event.id}/ignored.json`)).toEqual({
      outcome: 'ignored',
      reason: expect.stringMatching(reason),
      eventId: event.id,
      recordedAt: '2026-09-01T10:00:00.000Z',
      event,
    });
    expect(deps.log.lines).toEqual([
      {
        level: 'info',
        message: 'event ignored',
        fields: { eventId: event.id, reason: expect.stringMatching(reason) },
      },
    ]);
  });

  it('ignores a push to a repository that no service takes images of', async () => {
    const image = { repository: 'team/cart', tags: ['*'] };
    const { deps, receive } = prepare(serviceConfig({ name: 'cart', image }));
    expect(await receive(sample('ecr/push.json'))).toEqual({
      outcome: 'ignored',
      reason: 'No service takes images of repository "team/shop", only of "team/cart"',
    });
    const digest = sample('ecr/push.json').detail['image-digest'].replace(':', '-');
    const key = `pushes/images/team/shop/${digest}/ignored.json`;
    expect(deps.records.writes).toEqual([`pushes/${eventId}/ignored.json`, key]);
    expect(deps.records.stored(key)).toEqual({
      outcome: 'ignored',
      reason: 'No service takes images of repository "team/shop", only of "team/cart"',
      eventId,
      recordedAt: '2026-09-01T10:00:00.000Z',
    });
  });

  it('refuses a repository name that no repository has, before it becomes a key', () => {
    const event = sample('ecr/push.json');
    const detail = { ...event.detail, 'repository-name': 'team/../shop' };
    expect(() => receiveEvent({ ...event, detail })).toThrow(/repository name of lower-case/);
  });

  it('lets an event that cannot be parsed leave as an error, for the on-failure destination', () => {
    expect(() => receiveEvent(sample('invalid/push-no-digest.json'))).toThrow(InvalidEventError);
  });
});
