import { beforeEach, describe, expect, it } from 'vitest';
import {
  claimPatienceMs,
  type NotifyDeps,
  notifyOnce,
} from '../../../functions/core/notification/notify-once.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeNotifier } from '../../support/fakes/fake-notifier.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

const key = 'deployments/d-A/notification.json';
const notification = { subject: 'Greengate: shop v2 failed', message: 'it failed' };
let scene: NotifyDeps & {
  records: FakeRecords;
  notifier: FakeNotifier;
  clock: FakeClock;
  log: FakeLog;
};

beforeEach(() => {
  scene = {
    records: new FakeRecords(),
    notifier: new FakeNotifier(),
    clock: new FakeClock('2026-09-01T10:00:00.000Z'),
    log: new FakeLog(),
  };
});

const tell = (occasion = 'ended') => notifyOnce(key, occasion, notification, scene);

/** An invocation that dies when it is about to publish. */
async function crash(): Promise<void> {
  const { notifier } = scene;
  scene = { ...scene, notifier: Object.assign(new FakeNotifier(), { publish: () => never }) };
  void tell();
  // Every call of the fakes is settled by now.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  scene = { ...scene, notifier };
}
const never = new Promise<void>(() => undefined);

describe('notifyOnce', () => {
  it('sends one notification for many invocations at the same moment', async () => {
    const told = await Promise.all([tell(), tell(), tell()]);

    expect(scene.notifier.published).toEqual([notification]);
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(['in-hand', 'in-hand', 'sent']);
    await expect(tell()).resolves.toEqual({
      kind: 'sent-before',
      sentAt: '2026-09-01T10:00:00.000Z',
    });
  });

  it('tells of another occasion under the same key', async () => {
    await tell('redrive 0');
    await tell('redrive 1');
    await tell('redrive 1');

    expect(scene.notifier.published).toHaveLength(2);
  });

  it('leaves the claim of a moment ago alone, and takes over one that is old', async () => {
    await crash();

    scene.clock.advance(claimPatienceMs - 1);
    await expect(tell()).resolves.toEqual({ kind: 'in-hand' });
    expect(scene.notifier.published).toEqual([]);

    scene.clock.advance(1);
    const told = await Promise.all([tell(), tell()]);
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(['in-hand', 'sent']);
    expect(scene.notifier.published).toEqual([notification]);
  });

  it('lets the next one try at once what the topic did not take', async () => {
    scene.notifier.failure = new Error('Throttled');
    await expect(tell()).resolves.toEqual({ kind: 'not-sent' });
    scene.notifier.failure = undefined;

    await expect(tell()).resolves.toMatchObject({ kind: 'sent' });

    expect(scene.log.messages('error')).toEqual(['notification not published']);
  });

  it('sends without a bucket', async () => {
    scene.records.failure = new Error('no bucket');

    await expect(tell()).resolves.toMatchObject({ kind: 'sent' });
  });

  it('is not bound by a document that is no claim', async () => {
    await scene.records.write(key, { occasion: 'ended' });

    await expect(tell()).resolves.toMatchObject({ kind: 'sent' });
  });

  it('logs an alarm before it is published, for the metric', async () => {
    scene.notifier.failure = new Error('no topic');

    await notifyOnce(key, 'ended', { ...notification, alarm: 'RollbackFailed' }, scene);

    expect(scene.log.lines[0]).toEqual({
      level: 'error',
      message: 'alarm raised',
      fields: { alarm: 'RollbackFailed', subject: notification.subject },
    });
  });
});
