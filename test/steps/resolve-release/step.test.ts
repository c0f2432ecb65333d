import { describe, expect, it } from 'vitest';
import {
  InvalidConfigError,
  ResourceNotFoundError,
  TransientAwsError,
  UnsupportedError,
} from '../../../functions/core/errors.ts';
import type { ReleaseRequest } from '../../../functions/core/release.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { configOf, digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import {
  codeDeployService,
  FakeEcsServices,
  runningTask,
  taskSet,
} from '../../support/fakes/fake-ecs-services.ts';
import { FakeImageRegistry } from '../../support/fakes/fake-image-registry.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { FakeTaskDefinitions } from '../../support/fakes/fake-task-definitions.ts';

const repository = 'team/shop';
const pushedAtMs = Date.parse('2026-09-01T10:00:00.300Z');
const recordKey = `pushes/${releaseRequest().eventId}/shop.json`;

/** v1 runs, v2 was pushed just now. */
function prepare(document: Readonly<Record<string, unknown>> = {}) {
  const images = new FakeImageRegistry();
  images.push(repository, 'v1', digestOf('1'), pushedAtMs - 3_600_000);
  images.push(repository, 'v2', digestOf('2'), pushedAtMs);
  const taskDefinitions = new FakeTaskDefinitions();
  const taskDefinitionArn = taskDefinitions.add({ family: 'shop', ...document });
  const primary = taskSet({ taskDefinitionArn });
  const services = new FakeEcsServices();
  services.services.set('prod/shop', codeDeployService([primary]));
  services.tasks.set('prod/shop', [
    runningTask(primary, digestOf('1'), 1),
    runningTask(primary, digestOf('1'), 2),
  ]);
  const deps = {
    config: configOf(),
    images,
    services,
    taskDefinitions,
    records: new FakeRecords(),
    clock: new FakeClock(),
    log: new FakeLog(),
  };
  const resolve = (changes: Partial<ReleaseRequest> = {}) =>
    resolveRelease({ request: releaseRequest(changes), execution: execution() }, deps);
  return { deps, primary, resolve };
}

describe('resolveRelease', () => {
  it('proceeds with everything that the later steps need', async () => {
    const { deps, primary, resolve } = prepare();
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
    const { deps, resolve } = prepare({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
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
    const { deps, resolve } = prepare({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
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

  describe('already running', () => {
    it('ends when every running task of the PRIMARY task set runs the image', async () => {
      const { deps, primary, resolve } = prepare();
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

    it('recognizes the child of an index by the digest that ECS resolved', async () => {
      const { deps, primary, resolve } = prepare();
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
      const { deps, primary, resolve } = prepare();
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

    it.each([
      ['one task runs another image', ['2', '1'], undefined],
      ['a task has not resolved its image yet', ['2', undefined], undefined],
      ['no task runs', [], undefined],
      ['another task set is on its way to production', ['2', '2'], 'ACTIVE'],
    ])('proceeds when %s', async (_, digits, replacementStatus) => {
      const { deps, primary, resolve } = prepare();
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
      const { deps, resolve } = prepare();
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
      const { deps, resolve } = prepare();
      deps.images.push(repository, 'v2', digestOf('3'), pushedAtMs + 60_000);
      expect(await resolve()).toMatchObject({
        outcome: 'superseded',
        reason:
          'Tag "v2" of team/shop names sha256:333333333333 now, no longer sha256:222222222222 that was pushed',
      });
    });

    it('proceeds when the tag was moved back to an earlier image', async () => {
      const { deps, resolve } = prepare();
      const backAt = '2026-09-01T11:00:00Z';
      deps.images.push(repository, 'v2', digestOf('0'), pushedAtMs - 7_200_000);
      const output = await resolve({ digest: digestOf('0'), pushedAt: backAt });
      expect(output.outcome).toBe('proceed');
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
    const { deps, resolve } = prepare();
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
    const { resolve } = prepare();
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
    const { deps, resolve } = prepare();
    if (service === undefined) deps.services.services.clear();
    else deps.services.services.set('prod/shop', service);
    await expect(resolve()).rejects.toThrow(error);
  });

  it('records nothing for an error that a retry may mend', async () => {
    const { deps, resolve } = prepare();
    deps.images.findImage = async () => {
      throw new TransientAwsError('throttled');
    };
    await expect(resolve()).rejects.toThrow('throttled');
    expect(deps.records.writes).toEqual([]);
  });

  it('fails with its own error when the failure cannot be recorded', async () => {
    const { deps, resolve } = prepare();
    deps.services.services.clear();
    deps.records.failure = new TransientAwsError('s3 is down');
    await expect(resolve()).rejects.toThrow(ResourceNotFoundError);
    expect(deps.log.messages('error')).toEqual(['the failed push could not be recorded']);
  });

  it('answers the same when it runs again', async () => {
    const { deps, resolve } = prepare();
    deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);
    const first = await resolve();
    const stored = deps.records.stored(recordKey);
    expect(await resolve()).toEqual(first);
    expect(deps.records.stored(recordKey)).toEqual(stored);
  });
});
