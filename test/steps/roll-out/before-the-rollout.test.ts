import { beforeEach, describe, expect, it } from 'vitest';
import { claimPatienceMs } from '../../../functions/roll-out/claim-start.ts';
import type { RollOutInput } from '../../../functions/roll-out/roll-out-input.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { answered } from '../../support/fakes/fake-probe-transport.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import { RollingScene } from '../../support/rolling-scene.ts';

const { image } = release();
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
const intentKey = `pushes/${releaseRequest().eventId}/rollout/shop.json`;
let scene: RollingScene;
let originalArn: string;
let registeredArn: string;

/** The release was derived from a revision without variables. */
beforeEach(() => {
  scene = new RollingScene();
  originalArn = scene.taskDefinitions.add(document('old'));
  registeredArn = scene.taskDefinitions.add(document(image));
  scene.runs(originalArn, digestOf('1'));
});

function document(containerImage: string, environment: { name: string; value: string }[] = []) {
  return {
    family: 'web',
    containerDefinitions: [{ name: 'app', image: containerImage, environment }],
  };
}

const run = (changes: Partial<RollOutInput['release']> = {}, by = execution()) =>
  rollOut(
    {
      release: release({ originalTaskDefinitionArn: originalArn, ...changes }),
      taskDefinitionArn: registeredArn,
      execution: by,
      attemptStartedAt: execution().startedAt,
    },
    scene,
  );

/** The rollout that is started succeeds at the first look. */
function succeedAtOnce(): void {
  scene.serviceDeployments.beforeGet = (arn) => {
    scene.serviceDeployments.change(arn, {
      status: 'SUCCESSFUL',
      finishedAtMs: scene.clock.now() - 600_000,
    });
    scene.runs(registeredArn, digestOf('2'));
  };
}

describe('rollOut before it starts anything', () => {
  it('has the revision made anew when production differs in more than the image, and records no end', async () => {
    const newer = scene.taskDefinitions.add(document('old', [{ name: 'LOG', value: 'debug' }]));
    scene.runs(newer, digestOf('1'));

    await expect(run()).rejects.toMatchObject({
      name: 'RevisionOutdated',
      message:
        'Production of "shop" runs web:3 by now, which differs from web:2 in more than the image: the revision is made anew from it',
    });
    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.records.stored(pushKey)).toBeUndefined();
  });

  it('does not start on another original than the one that it would be taken back to', async () => {
    const newer = scene.taskDefinitions.add(document('newer'));
    scene.runs(newer, digestOf('1'));

    await expect(run()).rejects.toMatchObject({
      name: 'RevisionOutdated',
      message:
        'Production of "shop" runs web:3 by now, no longer web:1, which a failed release would be taken back to: the release is looked at anew',
    });
    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.records.stored(pushKey)).toBeUndefined();

    succeedAtOnce();
    await expect(run({ originalTaskDefinitionArn: newer })).resolves.toMatchObject({
      outcome: 'deployed',
    });
  });

  it('does not roll back by hand what is no longer in production', async () => {
    scene.runs(scene.taskDefinitions.add(document('newer')), digestOf('1'));

    await expect(run({ byHand: 'rollback', force: true })).rejects.toMatchObject({
      name: 'ReleaseRefused',
      message: expect.stringContaining(
        'production ran web:1 when it was asked for, and runs web:3',
      ),
    });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'refused' });
  });

  it('keeps what it wants before it asks for it, and the id once there is one', async () => {
    const kept: unknown[] = [];
    const { start } = scene.serviceDeployments;
    scene.serviceDeployments.start = (request) => {
      kept.push(scene.records.stored(intentKey));
      return start.call(scene.serviceDeployments, request);
    };
    succeedAtOnce();
    await run();

    expect(kept).toMatchObject([
      { taskDefinitionArn: registeredArn, phases: [{ phase: 'before', verdict: 'pass' }] },
    ]);
    expect(kept[0]).not.toHaveProperty('deploymentId');
    expect(scene.records.stored(intentKey)).toMatchObject({ deploymentId: 'STARTED1' });
  });

  it('keeps what a redrive has taken over as its own, so that nobody stops it for the attempt before', async () => {
    const kept = {
      release: release({ originalTaskDefinitionArn: originalArn }),
      taskDefinitionArn: registeredArn,
      execution: execution(),
      phases: [],
      answers: { before: {}, since: {} },
    };
    await scene.records.write('deployments/BEFORE/rollout.json', kept);
    scene.serviceDeployments.add({ arn: rolloutArn('BEFORE'), taskDefinitionArn: registeredArn });
    let keptAtFirstLook: unknown;
    scene.serviceDeployments.beforeGet = (arn) => {
      keptAtFirstLook ??= scene.records.stored('deployments/BEFORE/rollout.json');
      scene.serviceDeployments.change(arn, { status: 'SUCCESSFUL' });
      scene.runs(registeredArn, digestOf('2'));
    };

    await run({}, execution({ redriveCount: 1 }));

    expect(keptAtFirstLook).toMatchObject({ execution: { redriveCount: 1 } });
  });

  it('yields to an image that a person rolled out after it was pushed', async () => {
    const createdAtMs = Date.parse(release().pushedAt) + 1_000;
    scene.serviceDeployments.add({
      arn: rolloutArn('BYHAND'),
      status: 'SUCCESSFUL',
      createdAtMs,
      taskDefinitionArn: originalArn,
    });
    const chosen = release({ tag: 'v0', digest: digestOf('7'), byHand: 'image', force: true });
    await scene.records.write('deployments/BYHAND/rollout.json', {
      release: chosen,
      taskDefinitionArn: originalArn,
      execution: execution({ executionName: 'by-kim' }),
    });

    await expect(run()).rejects.toMatchObject({
      name: 'ReleaseSuperseded',
      message: expect.stringMatching(/^A person deployed v0 \(sha256:777777777777\) by hand at /),
    });
    expect(scene.serviceDeployments.started).toEqual([]);
  });

  describe('and somebody else is at it', () => {
    const pushedAtMs = Date.parse(release().pushedAt) + 60_000;
    const newer = () => scene.images.push('team/shop', 'v3', digestOf('3'), pushedAtMs);
    const claimKey = 'pushes/starts/shop.json';
    const claim = (changes: object = {}) =>
      scene.records.write(claimKey, {
        executionName: 'shop-333333333333-cd',
        claimedAt: new Date(scene.clock.now()).toISOString(),
        ...changes,
      });

    it('yields to a newer image that came while it looked at what runs', async () => {
      scene.probe.answer = () => {
        newer();
        return answered(200);
      };

      await expect(run()).rejects.toMatchObject({ name: 'ReleaseSuperseded' });
      expect(scene.serviceDeployments.started).toEqual([]);
    });

    it('waits for a rollout that began while it looked at what runs', async () => {
      scene.probe.answer = () => {
        if (scene.serviceDeployments.rollouts.length === 0) {
          scene.serviceDeployments.add({ taskDefinitionArn: originalArn });
        }
        return answered(200);
      };

      await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
      expect(scene.serviceDeployments.started).toEqual([]);
    });

    it('waits for who is about to start one', async () => {
      await claim();

      await expect(run()).rejects.toMatchObject({
        name: 'DeploymentConflictError',
        message:
          'Cannot start a rollout of "shop" in prod/shop: shop-333333333333-cd is about to start one, need nobody else',
      });
      expect(scene.serviceDeployments.started).toEqual([]);
    });

    it.each([
      ['has started it', () => claim({ releasedAt: '2026-09-01T10:00:00Z' })],
      ['died', () => claim().then(() => scene.clock.advance(claimPatienceMs))],
      ['is none', () => scene.records.write(claimKey, { claimedAt: 'soon' })],
      ['is this execution itself', () => claim({ executionName: execution().executionName })],
    ])('goes on where who claimed it %s', async (_, before) => {
      await before();
      succeedAtOnce();

      await expect(run()).resolves.toMatchObject({ outcome: 'deployed' });
      expect(scene.records.stored(claimKey)).toMatchObject({
        executionName: execution().executionName,
        releasedAt: expect.any(String),
      });
    });

    it('starts one rollout for two executions in the same moment', async () => {
      succeedAtOnce();
      const other = execution({ executionName: 'shop-222222222222-cd' });
      const both = await Promise.allSettled([run(), run({}, other)]);

      expect(scene.serviceDeployments.started).toHaveLength(1);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
