import { describe, expect, it } from 'vitest';
import {
  InvalidConfigError,
  ResourceNotFoundError,
  TransientAwsError,
  UnsupportedError,
} from '../../../functions/core/errors.ts';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { digestOf, releaseRequest } from '../../support/builders/releases.ts';
import { codeDeployService } from '../../support/fakes/fake-ecs-services.ts';
import type { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { prepareResolve, pushedAtMs, recordKey, repository } from './resolve-fixture.ts';

describe('resolveRelease', () => {
  it('proceeds with everything that the later steps need', async () => {
    const { deps, primary, resolve } = prepareResolve();
    expect(await resolve()).toEqual({
      outcome: 'proceed',
      reason: `Image team/shop:v2 (sha256:222222222222) is to replace what ${primary.taskDefinitionArn} runs`,
      release: {
        ...releaseRequest(),
        platformDigest: digestOf('2'),
        platform: 'linux/amd64',
        image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf('2')}`,
        originalTaskDefinitionArn: primary.taskDefinitionArn,
      },
    });
    expect(deps.records.writes).toEqual([]);
  });

  it('deploys the index and judges its child for the platform of the task definition', async () => {
    const { deps, resolve } = prepareResolve({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
    deps.images.manifests.set(digestOf('2'), {
      kind: 'index',
      digest: digestOf('2'),
      children: [
        { digest: digestOf('a'), platform: { os: 'linux', architecture: 'amd64' } },
        { digest: digestOf('b'), platform: { os: 'linux', architecture: 'arm64' } },
      ],
    });
    expect(await resolve()).toMatchObject({
      release: {
        platform: 'linux/arm64',
        platformDigest: digestOf('b'),
        image: expect.stringContaining(`@${digestOf('2')}`),
      },
    });
  });

  it('refuses an image that is not built for the platform, and records it', async () => {
    const { deps, resolve } = prepareResolve({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
    const error = await resolve().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({
      message:
        'Image team/shop:v2 (sha256:222222222222) is built for linux/amd64, expected linux/arm64, the runtimePlatform of the running task definition',
    });
    expect(deps.records.stored(recordKey)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('is built for linux/amd64, expected linux/arm64'),
    });
  });

  it.each<[string, Partial<ReleaseRequest>, (images: FakeImageRegistry) => void, string]>([
    [
      'a digest that does not exist',
      { digest: digestOf('f') },
      () => {},
      `Repository "team/shop" has no image ${digestOf('f')}, which was pushed as "v2": it was deleted since, or never there`,
    ],
    [
      'an image that was deleted',
      {},
      (images) => images.removeImage(repository, digestOf('2')),
      `Repository "team/shop" has no image ${digestOf('2')}, which was pushed as "v2": it was deleted since, or never there`,
    ],
    [
      'a tag that was deleted',
      {},
      (images) => images.removeTag(repository, 'v2'),
      'Repository "team/shop" has no tag "v2" any more, expected it to name sha256:222222222222: push the tag again to deploy the image',
    ],
  ])('fails for %s with one sentence', async (_, changes, change, message) => {
    const { deps, resolve } = prepareResolve();
    change(deps.images);
    const error = await resolve(changes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ResourceNotFoundError);
    expect(error).toMatchObject({ message });
    expect(deps.records.stored(recordKey)).toMatchObject({ outcome: 'failed', reason: message });
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
    [
      'is missing',
      undefined,
      new ResourceNotFoundError(
        'ECS has no active service "shop" in cluster "prod", expected the one that the configuration names',
      ),
    ],
    [
      'is deployed by ECS',
      { ...codeDeployService(), deploymentController: 'ECS' },
      new UnsupportedError(
        'Service "shop" of cluster "prod" has deployment controller ECS, expected CODE_DEPLOY',
      ),
    ],
    [
      'has no PRIMARY task set',
      codeDeployService([]),
      new UnsupportedError(
        'Service "shop" of cluster "prod" has no PRIMARY task set, expected one that serves production: deploy it once with CodeDeploy',
      ),
    ],
  ])('refuses a service that %s', async (_, service, error) => {
    const { deps, resolve } = prepareResolve();
    if (service === undefined) deps.services.services.clear();
    else deps.services.services.set('prod/shop', service);
    await expect(resolve()).rejects.toThrow(error);
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
    deps.services.services.clear();
    deps.records.failure = new TransientAwsError('s3 is down');
    await expect(resolve()).rejects.toThrow(ResourceNotFoundError);
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
