import { beforeEach, describe, expect, it } from 'vitest';
import type { HandRequest } from '../../../functions/core/workflow/hand-request.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { digestOf, execution, release } from '../../support/builders/releases.ts';
import { trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { codeDeployService, taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { prepareResolve, pushedAtMs, repository } from './resolve-fixture.ts';

const image = (digit: string) =>
  `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf(digit)}`;
const runningDocument = { containerDefinitions: [{ name: 'app', image: image('3') }] };
const executionName = 'by-kim';
const recordKey = `pushes/hand-${executionName}/shop.json`;
let scene: ReturnType<typeof prepareResolve>;

/** v1, v2 and v3 were deployed one after the other; v3 runs. */
beforeEach(async () => {
  scene = prepareResolve(runningDocument);
  scene.deps.clock.advance(10 * 24 * 3_600_000);
  scene.deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);
  for (const digit of ['1', '2', '3']) await deployed(digit);
  const primary = { ...scene.primary, externalId: 'd-3' };
  scene.deps.services.services.set('prod/shop', codeDeployService([primary]));
});

async function deployed(digit: string, changes: Parameters<typeof release>[0] = {}, daysAgo = 9) {
  const deploymentId = `d-${digit}`;
  const createdAtMs = scene.deps.clock.now() - daysAgo * 24 * 3_600_000 + Number(digit) * 1_000;
  scene.deps.deployments.add({
    deploymentId,
    status: 'Succeeded',
    createdAtMs,
    description: `greengate shop-${digit.repeat(12)}-${digit.repeat(16)} redrive 0`,
  });
  const record = {
    ...rolledBackRecord(),
    outcome: 'deployed',
    release: release({ tag: `v${digit}`, digest: digestOf(digit), ...changes }),
  };
  await scene.deps.records.write(`deployments/${deploymentId}/record.json`, record);
}

const ask = (request: Partial<HandRequest> & Pick<HandRequest, 'ask'>) =>
  resolveRelease(
    { request: { service: 'shop', ...request }, execution: execution({ executionName }) },
    scene.deps,
  );
const rollback = () => ask({ ask: { kind: 'rollback' } });

describe('a rollback by hand', () => {
  it('is the last release on record that succeeded before what runs, though newer images are there', async () => {
    await expect(rollback()).resolves.toMatchObject({
      outcome: 'proceed',
      release: {
        service: 'shop',
        repository,
        tag: 'v2',
        digest: digestOf('2'),
        eventId: `hand-${executionName}`,
        force: true,
        byHand: 'rollback',
      },
    });
  });

  it('goes further back where nothing else is on record lately', async () => {
    for (const id of ['d-1', 'd-2']) scene.deps.deployments.deployments.delete(id);
    await deployed('1', {}, 300);

    expect((await rollback()).release).toMatchObject({ tag: 'v1', byHand: 'rollback' });
  });

  it('leaves out what did not end well, and what somebody else deployed', async () => {
    await scene.deps.records.write('deployments/d-2/record.json', rolledBackRecord());
    scene.deps.deployments.change('d-1', { description: 'by the console' });

    await expect(rollback()).rejects.toMatchObject({ name: 'ReleaseRefused' });
  });

  it('goes on from a rollback whose original is still kept, not back to what it took back', async () => {
    const primary = taskSet({
      taskDefinitionArn: scene.deps.taskDefinitions.add({
        family: 'shop',
        containerDefinitions: [{ name: 'app', image: image('2') }],
      }),
      externalId: 'd-4',
    });
    scene.deps.services.services.set('prod/shop', codeDeployService([primary]));
    scene.deps.deployments.add({
      deploymentId: 'd-4',
      status: 'InProgress',
      description: 'greengate back-to-v2 redrive 0',
      createdAtMs: scene.deps.clock.now() - 60_000,
    });
    await scene.deps.records.write(
      'deployments/d-4/task-token.json',
      trackedDeployment({
        release: release({ tag: 'v2', digest: digestOf('2'), byHand: 'rollback', force: true }),
      }),
    );

    expect((await rollback()).release).toMatchObject({ tag: 'v1' });
  });

  it('is refused with the reason, and on record, when there is nothing to go back to', async () => {
    for (const id of ['d-1', 'd-2']) scene.deps.deployments.deployments.delete(id);
    const reason =
      'Cannot roll "shop" back: no release before the running one (sha256:333333333333) is on record; name the image to go back to';

    await expect(rollback()).rejects.toMatchObject({ name: 'ReleaseRefused', message: reason });

    expect(scene.deps.records.stored(recordKey)).toEqual({
      outcome: 'refused',
      reason,
      service: 'shop',
      asked: 'rollback',
      eventId: `hand-${executionName}`,
      ...execution({ executionName }),
      recordedAt: expect.any(String),
    });
  });

  it('is refused while a deployment makes it uncertain what runs', async () => {
    scene.deps.deployments.add({ deploymentId: 'd-5', status: 'InProgress' });

    await expect(rollback()).rejects.toThrow(
      'deployment d-5 is InProgress, so what to go back to is not certain; stop its execution',
    );
  });
});

describe('an image by hand', () => {
  it.each([
    ['its tag', { tag: 'v1' }],
    ['its digest', { digest: digestOf('1') }],
  ])('is released by %s, though older than others', async (_, named) => {
    scene.deps.services.tasks.set('prod/shop', []);

    await expect(ask({ ask: { kind: 'image', repository, ...named } })).resolves.toMatchObject({
      outcome: 'proceed',
      release: { tag: 'v1', digest: digestOf('1'), force: true, byHand: 'image' },
    });
  });

  it('is released by its digest though no tag names it any more', async () => {
    scene.deps.images.push(repository, undefined, digestOf('7'), pushedAtMs);

    const { release: chosen } = await ask({
      ask: { kind: 'image', repository, digest: digestOf('7') },
    });

    expect(chosen).toMatchObject({ tag: 'untagged', digest: digestOf('7') });
  });

  it('that runs already changes nothing', async () => {
    await expect(ask({ ask: { kind: 'image', repository, tag: 'v1' } })).resolves.toMatchObject({
      outcome: 'already-running',
    });
  });

  it('that ECR does not have is refused', async () => {
    await expect(ask({ ask: { kind: 'image', repository, tag: 'v9' } })).rejects.toMatchObject({
      name: 'ReleaseRefused',
      message: 'Cannot release team/shop:v9 to "shop": ECR has no such image',
    });
  });

  it("of another repository than the service's is a mistake", async () => {
    await expect(
      ask({ ask: { kind: 'image', repository: 'team/blog', tag: 'v1' } }),
    ).rejects.toMatchObject({ name: 'InvalidConfigError' });
  });

  it('is held by a stopped line like any other', async () => {
    scene.deps.services.tasks.set('prod/shop', []);
    scene.deps.line.reasons.set('shop', 'incident 42');

    await expect(ask({ ask: { kind: 'image', repository, tag: 'v1' } })).rejects.toMatchObject({
      name: 'ReleaseHeld',
    });
  });
});

describe('force in the input of a push', () => {
  it('releases an older image, and is on record', async () => {
    const without = await scene.resolve();
    expect(without.outcome).toBe('superseded');

    const forced = await scene.resolve({ force: true });

    expect(forced).toMatchObject({ outcome: 'proceed', release: { force: true, tag: 'v2' } });
    expect(scene.deps.log.messages('warn')).toContain('release forced');
  });

  it('releases the very image although its tag has moved', async () => {
    scene.deps.images.push(repository, 'v2', digestOf('8'), pushedAtMs + 90_000);

    expect((await scene.resolve({ force: true })).outcome).toBe('proceed');
  });
});
