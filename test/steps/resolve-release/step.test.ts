import { describe, expect, it } from 'vitest';
import { InvalidConfigError, TransientAwsError } from '../../../functions/core/errors.ts';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';
import { codeDeployService, runningTask } from '../../support/fakes/fake-ecs-services.ts';
import { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { prepareResolve, pushedAtMs, recordKey, repository } from './resolve-fixture.ts';

describe('resolveRelease', () => {
  it('proceeds with the request as it came, for preflight to complete', async () => {
    const { deps, resolve } = prepareResolve();
    expect(await resolve()).toEqual({
      outcome: 'proceed',
      reason: 'Image team/shop:v2 (sha256:222222222222) is to become service "shop"',
      release: releaseRequest(),
    });
    expect(deps.records.writes).toEqual([]);
  });

  it.each<[string, Partial<ReleaseRequest>, (images: FakeImageRegistry) => void]>([
    [
      'a digest that does not exist',
      { digest: digestOf('f'), pushedAt: '2026-09-01T10:00:01Z' },
      () => {},
    ],
    ['an image that was deleted', {}, (images) => images.removeImage(repository, digestOf('2'))],
    ['a tag that was deleted', {}, (images) => images.removeTag(repository, 'v2')],
  ])('leaves %s to preflight, which tells everything at once', async (_, changes, change) => {
    const { deps, resolve } = prepareResolve();
    change(deps.images);
    expect((await resolve(changes)).outcome).toBe('proceed');
    expect(deps.records.writes).toEqual([]);
  });

  it('leaves a repository that is gone to preflight', async () => {
    const { deps, resolve } = prepareResolve();
    deps.images = new FakeImageRegistry();
    expect((await resolve()).outcome).toBe('proceed');
  });

  it('is superseded by a newer image although its own was deleted meanwhile', async () => {
    const { deps, resolve } = prepareResolve();
    deps.images.push(repository, 'v2', digestOf('3'), pushedAtMs + 60_000);
    deps.images.removeImage(repository, digestOf('2'));
    expect(await resolve()).toMatchObject({
      outcome: 'superseded',
      reason: expect.stringContaining('is newer than v2'),
    });
  });

  it('leaves an image for another platform to preflight', async () => {
    const { deps, resolve } = prepareResolve({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
    expect((await resolve()).outcome).toBe('proceed');
    expect(deps.records.writes).toEqual([]);
  });

  it('knows that an image for another platform runs already, where it was let through', async () => {
    const { deps, primary, resolve } = prepareResolve({
      runtimePlatform: { cpuArchitecture: 'ARM64' },
    });
    deps.services.tasks.set('prod/shop', [runningTask(primary, digestOf('2'), 1)]);
    expect((await resolve()).outcome).toBe('already-running');
  });

  it.each([
    [
      { service: 'cart' },
      'Service "cart" is not in the configuration that was deployed, expected one of: shop',
    ],
    [
      { repository: 'team/cart' },
      'Service "shop" takes images of repository "team/shop", not of "team/cart" that the request names',
    ],
  ])('refuses a hand-edited request for %j', async (changes, message) => {
    const { resolve } = prepareResolve();
    await expect(resolve(changes)).rejects.toThrow(new InvalidConfigError(message));
  });

  it.each([
    ['is missing', undefined],
    ['is deployed by ECS', { ...codeDeployService(), deploymentController: 'ECS' }],
    ['has no PRIMARY task set', codeDeployService([])],
  ])('leaves a service that %s to preflight', async (_, service) => {
    const { deps, resolve } = prepareResolve();
    if (service === undefined) deps.services.services.clear();
    else deps.services.services.set('prod/shop', service);
    expect((await resolve()).outcome).toBe('proceed');
  });

  it('records nothing for an error that a retry may mend', async () => {
    const { deps, resolve } = prepareResolve();
    deps.images.findImage = async () => {
      throw new TransientAwsError('throttled');
    };
    await expect(resolve()).rejects.toThrow('throttled');
    expect(deps.records.writes).toEqual([]);
  });

  it('fails with its own error when the failure cannot be recorded', async () => {
    const { deps, resolve } = prepareResolve();
    deps.records.failure = new TransientAwsError('s3 is down');
    await expect(resolve({ service: 'cart' })).rejects.toThrow(InvalidConfigError);
    expect(deps.log.messages('error')).toEqual(['record not written']);
  });

  it('answers the same when it runs again', async () => {
    const { deps, resolve } = prepareResolve();
    deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);
    const first = await resolve();
    const stored = deps.records.stored(recordKey);
    expect(await resolve()).toEqual(first);
    expect(deps.records.stored(recordKey)).toEqual(stored);
  });
});
