import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { runningTask } from '../../support/fakes/fake-ecs-services.ts';
import { judgeScene } from './judge-scene.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

/** The task definition of the replacement names this image. */
function useImage(image: string): void {
  const arn = scene.taskDefinitions.add({
    family: 'shop',
    containerDefinitions: [{ name: 'app', image }],
  });
  scene.setTaskSets(scene.original, { ...scene.replacement, taskDefinitionArn: arn });
}

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

  it('waits for tasks that are listed late', async () => {
    const tasks = scene.services.tasks.get('prod/shop') ?? [];
    scene.services.tasks.clear();
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.services.tasks.set('prod/shop', tasks);
    };

    expect((await judge('AfterInstall')).verdict).toBe('pass');
    expect(scene.clock.sleeps).toEqual([1_000]);
  });

  it('is inconclusive when a deployment of ours names its image by tag', async () => {
    useImage('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:v2');
    scene.deployments.change(deploymentId, { description: ownDescription });

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toContain('to name its image by digest, got 123456789012.dkr.ecr');
  });

  it.each([
    ['by tag', '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:v2'],
    ['of another registry', `public.ecr.aws/team/shop@${digestOf('3')}`],
    ['of another account', `999999999999.dkr.ecr.eu-central-1.amazonaws.com/x@${digestOf('3')}`],
  ])('judges a deployment made by hand with an image %s by its tasks alike', async (_, image) => {
    useImage(image);

    expect((await judge('AfterInstall')).verdict).toBe('pass');
  });

  it.each([
    ['two digests', ['2', '3'], 'fail', `${digestOf('2')} and ${digestOf('3')} in 2 running tasks`],
    ['a task without digest', ['2', undefined], 'inconclusive', 'in 1 of 2 running tasks'],
    ['a task too few', ['2'], 'inconclusive', 'in 1 of 1 running tasks'],
    ['no task', [], 'inconclusive', 'got no digest in 0 of 0 running tasks'],
  ])('does not pass a deployment made by hand with %s', async (_, digits, expected, seen) => {
    useImage('nginx:1');
    scene.services.tasks.set(
      'prod/shop',
      digits.map((digit, at) => runningTask(scene.replacement, digit && digestOf(digit), at)),
    );

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe(expected);
    expect(sentence).toContain(seen);
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
