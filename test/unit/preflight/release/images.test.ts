import { describe, expect, it } from 'vitest';
import { imageExists } from '../../../../functions/core/preflight/release/image-exists.ts';
import { imagePlatform } from '../../../../functions/core/preflight/release/image-platform.ts';
import { releaseFacts } from '../../../../functions/core/preflight/release/release-facts.ts';
import { rollbackImage } from '../../../../functions/core/preflight/release/rollback-image.ts';
import { tagUnmoved } from '../../../../functions/core/preflight/release/tag-unmoved.ts';
import { digestOf } from '../../../support/builders/releases.ts';
import { ReleaseScene } from '../../../support/release-scene.ts';

const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

describe('image-exists', () => {
  it('is OK for an image that is there, and NG for one that was deleted', async () => {
    const scene = new ReleaseScene();
    expect(await scene.judge(imageExists)).toEqual({
      status: 'OK',
      observed: 'team/shop has sha256:222222222222',
    });
    scene.images.removeImage('team/shop', digestOf('2'));
    expect(await scene.judge(imageExists)).toMatchObject({
      status: 'NG',
      expected: `image ${digestOf('2')} in repository team/shop`,
      remedy: expect.stringContaining('Push the image to team/shop again'),
    });
  });

  it('is NG for an archived image, which cannot be pulled', async () => {
    const scene = new ReleaseScene();
    const facts = scene.facts();
    const archived = {
      ...facts,
      image: async () => ({
        digest: digestOf('2'),
        tags: [],
        pushedAtMs: 1,
        imageStatus: 'ARCHIVED',
      }),
    };
    expect(await imageExists.judge(archived)).toMatchObject({
      status: 'NG',
      observed: 'the image is ARCHIVED',
    });
  });
});

describe('without the repository', () => {
  it('the image is the NG and says so; its platform has nothing to judge', async () => {
    const scene = new ReleaseScene();
    const gone = (check: typeof imageExists) => {
      const { service, digest } = scene;
      const subject = { service, repository: 'team/gone', tag: 'v2', digest };
      return check.judge(releaseFacts(subject, scene.ports()));
    };
    expect(await gone(imageExists)).toMatchObject({
      status: 'NG',
      observed: 'ECR has no repository team/gone in this account and Region',
    });
    expect(await gone(tagUnmoved)).toMatchObject({ status: 'NG', observed: 'the tag is gone' });
    await expect(gone(imagePlatform)).rejects.toMatchObject({ name: 'SkipCheck' });
  });
});

describe('tag-unmoved', () => {
  it.each([
    [
      'names the image',
      () => {},
      { status: 'OK', observed: 'team/shop:v2 is sha256:222222222222' },
    ],
    [
      'was moved',
      (scene: ReleaseScene) => scene.images.push('team/shop', 'v2', digestOf('3'), 3_000),
      { status: 'NG', observed: 'it is on sha256:333333333333 by now' },
    ],
    [
      'was deleted',
      (scene: ReleaseScene) => scene.images.removeTag('team/shop', 'v2'),
      { status: 'NG', observed: 'the tag is gone', remedy: 'Push tag v2 again' },
    ],
    [
      'was not given',
      (scene: ReleaseScene) => {
        scene.tag = undefined;
      },
      { status: 'SKIP', reason: 'The image is named by its digest, not by a tag' },
    ],
  ])('a tag that %s', async (_, change, finding) => {
    const scene = new ReleaseScene();
    change(scene);
    expect(await scene.judge(tagUnmoved)).toMatchObject(finding);
  });
});

describe('image-platform', () => {
  const linux = (architecture: string) => ({ os: 'linux', architecture });
  const index = (...architectures: string[]) => ({
    kind: 'index' as const,
    digest: digestOf('2'),
    children: architectures.map((one, at) => ({
      digest: digestOf(String(at + 6)),
      platform: linux(one),
    })),
  });

  it.each([
    [
      'a single manifest of that platform',
      undefined,
      { status: 'OK', observed: 'a single manifest with linux/amd64' },
    ],
    [
      'an index that has it',
      index('arm64', 'amd64'),
      { status: 'OK', observed: 'an index with linux/amd64' },
    ],
    [
      'an index without it',
      index('arm64'),
      {
        status: 'NG',
        expected: 'linux/amd64, the runtimePlatform of the running task definition',
        observed: 'an index built for linux/arm64',
        remedy: expect.stringContaining('--platform linux/amd64'),
      },
    ],
    [
      'an index of attestations only',
      index(),
      { status: 'NG', observed: 'an index built for no platform at all' },
    ],
  ])('%s', async (_, manifest, finding) => {
    const scene = new ReleaseScene();
    if (manifest !== undefined) scene.images.manifests.set(digestOf('2'), manifest);
    expect(await scene.judge(imagePlatform)).toMatchObject(finding);
  });

  it('asks for what runtimePlatform says', async () => {
    const scene = new ReleaseScene();
    scene.changeDocument({ runtimePlatform: { cpuArchitecture: 'ARM64' } });
    expect(await scene.judge(imagePlatform)).toMatchObject({
      status: 'NG',
      observed: 'a single manifest built for linux/amd64',
    });
  });

  it('has nothing to judge without the image', async () => {
    const scene = new ReleaseScene();
    scene.digest = digestOf('9');
    await expect(scene.judge(imagePlatform)).rejects.toMatchObject({ name: 'SkipCheck' });
  });
});

describe('rollback-image', () => {
  it('is NG when the image that runs was deleted, by a lifecycle policy for one', async () => {
    const scene = new ReleaseScene();
    expect(await scene.judge(rollbackImage)).toEqual({
      status: 'OK',
      observed: 'team/shop@sha256:111111111111',
    });
    scene.images.removeImage('team/shop', digestOf('1'));
    expect(await scene.judge(rollbackImage)).toMatchObject({
      status: 'NG',
      observed: 'team/shop@sha256:111111111111 of container app is not there',
    });
  });

  it('looks for what tasks resolved a tag to, not for what the tag names now', async () => {
    const scene = new ReleaseScene();
    scene.changeContainer({ image: `${registry}/team/shop:v2` });
    scene.runTasks(digestOf('1'));
    expect(await scene.judge(rollbackImage)).toMatchObject({
      observed: 'team/shop@sha256:111111111111',
    });
    scene.images.removeImage('team/shop', digestOf('1'));
    expect(await scene.judge(rollbackImage)).toMatchObject({ status: 'NG' });
  });

  it.each(['public.ecr.aws/nginx/nginx:1', `999999999999.dkr.ecr.eu-central-1.amazonaws.com/a:1`])(
    'does not look into %s, and says so',
    async (image) => {
      const scene = new ReleaseScene();
      scene.changeContainer({ image });
      await expect(scene.judge(rollbackImage)).rejects.toMatchObject({
        name: 'SkipCheck',
        message: `No image comes from this registry; not looked at: ${image}`,
      });
    },
  );
});
