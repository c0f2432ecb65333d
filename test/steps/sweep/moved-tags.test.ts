import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { sweep } from '../../../functions/sweep/step.ts';
import type { BlueGreenScene } from '../../support/blue-green-scene.ts';
import {
  configOf,
  digestOf,
  releaseRequest,
  serviceConfig,
} from '../../support/builders/releases.ts';
import { DriftScene } from '../../support/drift-scene.ts';
import { FakeExecutions } from '../../support/fakes/fake-executions.ts';
import { observedScene } from '../observe-deployment/observed-scene.ts';

const tenMinutesMs = 600_000;
const at = (time: string) => Date.parse(`2026-09-01T${time}Z`);
let scene: BlueGreenScene;
let executions: FakeExecutions;

beforeEach(async () => {
  scene = await observedScene();
  executions = new FakeExecutions();
  scene.config = configOf(
    serviceConfig({ image: { repository: 'team/shop', tags: ['live', 'v*'] } }),
  );
  scene.images.push('team/shop', 'v1', digestOf('1'), at('08:00:00'));
  heard('v1', digestOf('1'), '08:00:00');
  scene.images.push('team/shop', 'live', digestOf('2'), at('10:00:00'));
  heard('live', digestOf('2'), '10:00:00');
  scene.clock.advance(tenMinutesMs);
});

/** An execution that the event of a push started, and that ended well. */
function heard(tag: string, digest: string, time: string): void {
  const request = releaseRequest({ tag, digest, pushedAt: `2026-09-01T${time}Z`, eventId: time });
  const name = executionName(request);
  executions.executions.push({
    executionArn: `arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:${name}`,
    executionName: name,
    status: 'SUCCEEDED',
    startedAtMs: at(time) + 1_000,
    redriveCount: 0,
    input: JSON.stringify(request),
    error: undefined,
    cause: undefined,
  } as never);
}

const run = () => sweep({ ...scene, executions, drift: new DriftScene().driftPorts() });

async function later(): Promise<Awaited<ReturnType<typeof run>>> {
  scene.clock.advance(tenMinutesMs);
  return run();
}

describe('a tag that is moved back while its event is lost', () => {
  it('is found by the second sweep after it, once, under a name of its own', async () => {
    await run();
    scene.images.push('team/shop', 'live', digestOf('1'), scene.clock.now());

    expect((await later()).started).toEqual([]);
    const { started } = await later();

    expect(started).toEqual([expect.stringMatching(/^shop-111111111111-[0-9a-f]{16}$/)]);
    expect(scene.workflow.executions.get(started[0] ?? '')).toMatchObject({
      tag: 'live',
      digest: digestOf('1'),
      pushedAt: '2026-09-01T10:10:00.000Z',
    });
    expect((await later()).started).toEqual([]);
    expect(scene.workflow.executions.size).toBe(1);
  });

  it('is started once by two sweeps at the same time, and when the memory cannot be written', async () => {
    await run();
    scene.images.push('team/shop', 'live', digestOf('1'), scene.clock.now());
    await later();
    scene.clock.advance(tenMinutesMs);
    const { write } = scene.records;
    scene.records.write = () => Promise.reject(new Error('S3 is slow'));

    await Promise.all([run(), run()]);
    scene.records.write = write.bind(scene.records);
    await later();

    expect(scene.workflow.executions.size).toBe(1);
  });

  it('is not started when its event comes late', async () => {
    await run();
    scene.images.push('team/shop', 'live', digestOf('1'), scene.clock.now());
    await later();
    heard('live', digestOf('1'), '10:12:00');

    expect((await later()).started).toEqual([]);
    expect((await later()).started).toEqual([]);
  });

  it('is on record when something else was released in the meantime', async () => {
    await run();
    scene.images.push('team/shop', 'live', digestOf('1'), scene.clock.now());
    await later();
    scene.images.push('team/shop', 'v0', digestOf('4'), at('07:00:00'));
    heard('v0', digestOf('4'), '10:21:00');

    expect((await later()).started).toEqual([]);

    const eventId = `sweep-moved-${at('10:20:00')}-111111111111`;
    expect(scene.records.stored(`pushes/${eventId}/ignored.json`)).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('ECR does not say which came first'),
    });
  });
});

describe('the first sweep of a service', () => {
  const adopted = () => {
    executions.executions.length = 0;
  };

  it('starts nothing that was there, and no later one does', async () => {
    adopted();

    expect((await run()).started).toEqual([]);
    expect((await later()).started).toEqual([]);
    expect((await later()).started).toEqual([]);
  });

  it('starts nothing either when patterns take tags that they did not take before', async () => {
    await run();
    scene.images.push('team/shop', 'main-7', digestOf('7'), at('10:05:00'));
    scene.config = configOf(
      serviceConfig({ image: { repository: 'team/shop', tags: ['live', 'v*', 'main-*'] } }),
    );

    expect((await later()).started).toEqual([]);
    expect((await later()).started).toEqual([]);
  });

  it('is followed by sweeps that find what is pushed from then on', async () => {
    adopted();
    await run();
    scene.images.push('team/shop', 'v5', digestOf('5'), scene.clock.now() + 1_000);

    expect((await later()).started).toEqual([expect.stringContaining('shop-555555555555-')]);
  });

  it('of a workflow that was just made finds the first push', async () => {
    adopted();
    executions.sinceMs = at('09:59:00');

    expect((await run()).started).toEqual([expect.stringContaining('shop-222222222222-')]);
  });
});

describe('a bucket that is gone', () => {
  it('costs the moves that only the sweep saw, and no new image', async () => {
    await run();
    scene.images.push('team/shop', 'live', digestOf('1'), scene.clock.now());
    scene.images.push('team/shop', 'v5', digestOf('5'), scene.clock.now() + 1_000);
    scene.records.failure = new Error('NoSuchBucket');

    expect((await later()).started).toEqual([expect.stringContaining('shop-555555555555-')]);
    expect((await later()).problems).toEqual([
      'notifications: NoSuchBucket',
      'drift of shop: NoSuchBucket',
    ]);
  });

  it('restarts nothing that was refused, rolled back or released by hand', async () => {
    heard('live', digestOf('1'), '10:02:00');
    scene.images.push('team/shop', 'live', digestOf('1'), at('10:02:00'));
    Object.assign(executions.executions[1] ?? {}, { status: 'FAILED', error: 'PreflightRefused' });
    await run();
    scene.records.forget('sweep/shop.json');

    expect((await later()).started).toEqual([]);
    expect((await later()).started).toEqual([]);
  });
});

it('a memory that says nothing new is written once an hour', async () => {
  for (let turn = 0; turn < 13; turn++) await later();

  const writes = scene.records.writes.filter((key) => key === 'sweep/shop.json');
  expect(writes).toHaveLength(3);
});
