import { describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { codeDeployService, runningTask, taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { prepareResolve, pushedAtMs, recordKey, repository } from './resolve-fixture.ts';

describe('resolveRelease', () => {
  describe('already running', () => {
    it('ends when every running task of the PRIMARY task set runs the image', async () => {
      const { deps, primary, resolve } = prepareResolve();
      deps.services.tasks.set('prod/shop', [
        runningTask(primary, digestOf('2'), 1),
        runningTask(primary, digestOf('2'), 2),
      ]);
      const reason = 'All 2 running tasks of service "shop" run this image already';
      expect(await resolve()).toEqual({
        outcome: 'already-running',
        reason,
        release: releaseRequest(),
      });
      expect(deps.records.stored(recordKey)).toEqual({
        outcome: 'already-running',
        reason,
        ...releaseRequest(),
        ...execution(),
        recordedAt: '2026-09-01T10:00:00.000Z',
      });
    });

    it('ends although that cannot be recorded', async () => {
      const { deps, primary, resolve } = prepareResolve();
      deps.services.tasks.set('prod/shop', [runningTask(primary, digestOf('2'), 1)]);
      deps.records.failure = new Error('NoSuchBucket');
      expect((await resolve()).outcome).toBe('already-running');
      expect(deps.log.messages('error')).toEqual(['record not written']);
    });

    it('recognizes the child of an index by the digest that ECS resolved', async () => {
      const { deps, primary, resolve } = prepareResolve();
      const child = { digest: digestOf('a'), platform: { os: 'linux', architecture: 'amd64' } };
      deps.images.manifests.set(digestOf('2'), {
        kind: 'index',
        digest: digestOf('2'),
        children: [child],
      });
      deps.services.tasks.set('prod/shop', [runningTask(primary, digestOf('a'))]);
      expect((await resolve()).outcome).toBe('already-running');
    });

    it('ends while the original of a finished shift is still kept', async () => {
      const { deps, primary, resolve } = prepareResolve();
      const original = taskSet({
        id: 'ecs-svc/0',
        status: 'ACTIVE',
        createdAtMs: primary.createdAtMs - 1_000,
      });
      deps.services.services.set('prod/shop', codeDeployService([primary, original]));
      deps.services.tasks.set('prod/shop', [
        runningTask(primary, digestOf('2'), 1),
        runningTask(original, digestOf('1'), 2),
      ]);
      expect((await resolve()).outcome).toBe('already-running');
    });

    it('ends while the deployment that brought the image waits to terminate the original', async () => {
      const { deps, primary, resolve } = prepareResolve();
      deps.services.tasks.set('prod/shop', [runningTask(primary, digestOf('2'))]);
      deps.deployments.add({ deploymentId: primary.externalId ?? '' });
      expect((await resolve()).outcome).toBe('already-running');
    });

    it('proceeds when a deployment is about to replace what runs', async () => {
      const { deps, primary, resolve } = prepareResolve();
      deps.services.tasks.set('prod/shop', [runningTask(primary, digestOf('2'))]);
      deps.deployments.add({ deploymentId: 'd-INFLIGHT1' });
      expect((await resolve()).outcome).toBe('proceed');
    });

    it.each([
      ['one task runs another image', ['2', '1'], undefined],
      ['a task has not resolved its image yet', ['2', undefined], undefined],
      ['no task runs', [], undefined],
      ['another task set is on its way to production', ['2', '2'], 'ACTIVE'],
    ])('proceeds when %s', async (_, digits, replacementStatus) => {
      const { deps, primary, resolve } = prepareResolve();
      if (replacementStatus !== undefined) {
        const replacement = taskSet({
          id: 'ecs-svc/2',
          status: replacementStatus,
          createdAtMs: primary.createdAtMs + 1_000,
        });
        deps.services.services.set('prod/shop', codeDeployService([primary, replacement]));
      }
      deps.services.tasks.set(
        'prod/shop',
        digits.map((digit, at) => runningTask(primary, digit && digestOf(digit), at)),
      );
      expect((await resolve()).outcome).toBe('proceed');
    });
  });

  describe('superseded', () => {
    it('ends when a newer matching image was pushed, and records it', async () => {
      const { deps, resolve } = prepareResolve();
      deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);
      const output = await resolve();
      expect(output).toEqual({
        outcome: 'superseded',
        reason: expect.stringContaining('Image team/shop:v3 (sha256:333333333333), pushed at'),
        release: releaseRequest(),
      });
      expect(deps.records.stored(recordKey)).toMatchObject({
        outcome: 'superseded',
        reason: output.reason,
      });
    });

    it('ends when the tag was moved to another image', async () => {
      const { deps, resolve } = prepareResolve();
      deps.images.push(repository, 'v2', digestOf('3'), pushedAtMs + 60_000);
      expect(await resolve()).toMatchObject({
        outcome: 'superseded',
        reason:
          'Tag "v2" of team/shop names sha256:333333333333 now, no longer sha256:222222222222 that was pushed',
      });
    });

    it('keeps that an older image was pushed anew, and ends what was pushed before that', async () => {
      const { deps, resolve } = prepareResolve();
      const again = { tag: 'v1-again', digest: digestOf('1'), pushedAt: '2026-09-01T10:00:20Z' };
      deps.images.push(repository, again.tag, again.digest, pushedAtMs + 20_000);
      const push = releaseRequest({ ...again, eventId: 'another' });
      const byEvent = execution({ executionName: executionName(push) });

      const first = await resolveRelease({ request: push, execution: byEvent }, deps);

      expect(first.outcome).toBe('already-running');
      expect(deps.records.stored('pushes/retags/shop.json')).toEqual(again);
      expect(await resolve()).toMatchObject({
        outcome: 'superseded',
        reason: expect.stringMatching(
          /^Tag "v1-again" was put on sha256:111111111111 at .*, after v2 /,
        ),
      });
      expect(await resolve({ force: true })).toMatchObject({ outcome: 'proceed' });
    });

    it('proceeds when the tag was moved back to an earlier image', async () => {
      const { deps, resolve } = prepareResolve();
      const backAt = '2026-09-01T11:00:00Z';
      deps.images.push(repository, 'v2', digestOf('0'), pushedAtMs - 7_200_000);
      const output = await resolve({ digest: digestOf('0'), pushedAt: backAt });
      expect(output.outcome).toBe('proceed');
    });
  });
});

describe('resolveRelease while releases are held', () => {
  it('refuses for a freeze, and goes on when it is redriven afterwards', async () => {
    const { deps, resolve } = prepareResolve();
    const freezes = [
      { name: 'audit', from: '2026-09-01T09:00:00Z', until: '2026-09-01T12:00:00Z' },
    ];
    deps.config = { ...deps.config, freezes };

    await expect(resolve()).rejects.toMatchObject({ name: 'ReleaseHeld' });
    expect(deps.records.stored(recordKey)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('freeze "audit"'),
    });
    deps.clock.advance(2 * 3_600_000);
    await expect(resolve()).resolves.toMatchObject({ outcome: 'proceed' });
  });

  it('keeps who overrode a freeze on record', async () => {
    const { deps, resolve } = prepareResolve();
    deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);

    await resolve({ overrideFreeze: 'payments are down' });

    expect(deps.records.stored(recordKey)).toMatchObject({
      outcome: 'superseded',
      overrideFreeze: 'payments are down',
    });
  });

  it('does not hold back what is not to be deployed anyway', async () => {
    const { deps, resolve } = prepareResolve();
    deps.line.reasons.set('all', 'incident 42');
    deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);

    await expect(resolve()).resolves.toMatchObject({ outcome: 'superseded' });
  });
});
