import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { judgeScene } from './judge-scene.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

const judge = (lifecycleEvent: HookLifecycleEvent) => judgeScene(scene, lifecycleEvent);

describe('AfterInstall', () => {
  it('passes when the replacement is steady and runs the digest of its task definition', async () => {
    expect((await judge('AfterInstall')).verdict).toBe('pass');
  });

  it('passes when tasks show a child of the index that the task definition names', async () => {
    scene.images.manifests.set(digestOf('2'), {
      kind: 'index',
      digest: digestOf('2'),
      children: [{ digest: digestOf('a'), platform: { os: 'linux', architecture: 'arm64' } }],
    });
    scene.runDigest(digestOf('a'));

    expect((await judge('AfterInstall')).verdict).toBe('pass');
  });

  it('fails when a task runs something else', async () => {
    scene.runDigest(digestOf('7'));

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe('fail');
    expect(sentence).toContain(`got ${digestOf('7')} in 2 of 2 running tasks`);
  });

  it('waits for a task set that is shown late as steady', async () => {
    scene.setTaskSets(scene.original, { ...scene.replacement, stabilityStatus: 'STABILIZING' });
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.setTaskSets(scene.original, scene.replacement);
    };

    expect((await judge('AfterInstall')).verdict).toBe('pass');
    expect(scene.clock.sleeps).toEqual([1_000]);
  });

  it('fails when the replacement stays short of tasks', async () => {
    scene.setTaskSets(scene.original, { ...scene.replacement, runningCount: 1, pendingCount: 1 });

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe('fail');
    expect(sentence).toContain('got STEADY_STATE, 1 running of 2 desired, 1 pending');
  });

  it('is inconclusive without a task set of this deployment', async () => {
    scene.setTaskSets(scene.original);

    expect((await judge('AfterInstall')).verdict).toBe('inconclusive');
  });

  it('is inconclusive when the task definition names its image by tag', async () => {
    const arn = scene.taskDefinitions.add({
      family: 'shop',
      containerDefinitions: [{ name: 'app', image: 'host/team/shop:v2' }],
    });
    scene.setTaskSets(scene.original, { ...scene.replacement, taskDefinitionArn: arn });

    expect((await judge('AfterInstall')).verdict).toBe('inconclusive');
  });
});

describe('openHookScene', () => {
  it('without the ECS service says what is missing where', async () => {
    scene.services.services.clear();

    await expect(judge('AfterInstall')).rejects.toThrow(
      'Cannot judge deployment d-AAAAAAAA1: ECS has no service "shop" in cluster "prod"',
    );
  });
});
