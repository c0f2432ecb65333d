import { describe, expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import type { TaskSet } from '../../../functions/core/ports/ecs-services.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';
import { judgeScene } from './judge-scene.ts';

const throttled = new TransientAwsError('Throttling: Rate exceeded');

/** A deployment whose first answer about health is refused, and how often the patient one is asked. */
function prepare(replacement: Partial<TaskSet> = {}, refusal: Error = throttled) {
  const scene = new BlueGreenScene();
  scene.allowTraffic();
  scene.setTaskSets(
    { ...scene.original, status: 'ACTIVE' },
    { ...scene.replacement, ...replacement },
  );
  scene.spareBalancing = { targetHealth: () => Promise.reject(refusal) };
  let asked = 0;
  scene.loadBalancing.beforeHealth = () => asked++;
  const judge = (lifecycleEvent: HookLifecycleEvent) => judgeScene(scene, lifecycleEvent);
  const health = async (lifecycleEvent: HookLifecycleEvent) => {
    const { checks } = await judge(lifecycleEvent);
    return checks.find(({ type }) => type === 'target-health');
  };
  return { scene, judge, health, asked: () => asked };
}

const both = ['BeforeAllowTraffic', 'AfterAllowTraffic'] as const;

describe.each(both)('%s, when Elastic Load Balancing throttles', (lifecycleEvent) => {
  it('takes the word of ECS that the replacement is steady', async () => {
    const { scene, health, asked } = prepare();
    expect(await health(lifecycleEvent)).toMatchObject({
      verdict: 'pass',
      observed: 'STEADY_STATE with 2 tasks, by ECS; Elastic Load Balancing throttled the question',
      evidence: [{ subject: scene.replacement.taskSetArn, state: 'STEADY_STATE' }],
    });
    expect(asked()).toBe(0);
  });

  it.each([
    ['is not steady', { stabilityStatus: 'STABILIZING' }],
    ['runs too few tasks', { runningCount: 1 }],
  ])('asks until it is answered where the replacement %s', async (_, replacement) => {
    const { scene, health, asked } = prepare(replacement);
    scene.loadBalancing.health.set(greenGroup.arn, targets('healthy', 'unhealthy'));
    expect(await health(lifecycleEvent)).toMatchObject({
      verdict: 'fail',
      observed: expect.stringMatching(/^1 healthy of 2, /),
    });
    expect(asked()).toBe(1);
  });
});

it.each(both)('%s believes the balancer before ECS', async (lifecycleEvent) => {
  const { scene, health, asked } = prepare();
  scene.spareBalancing = { targetHealth: async () => targets('healthy', 'unhealthy') };
  expect(await health(lifecycleEvent)).toMatchObject({ verdict: 'fail' });
  expect(asked()).toBe(0);
});

it('waits for targets that are still settling', async () => {
  const { scene, health, asked } = prepare();
  scene.spareBalancing = { targetHealth: async () => targets('healthy', 'initial') };
  expect(await health('BeforeAllowTraffic')).toMatchObject({ verdict: 'pass' });
  expect(asked()).toBe(1);
});

it('does not take the word of ECS when it is the first to ask', async () => {
  const { health, asked } = prepare();
  expect(await health('AfterAllowTestTraffic')).toMatchObject({ observed: '2 healthy of 2' });
  expect(asked()).toBe(1);
});

it('says what it may not ask', async () => {
  const { judge } = prepare({}, new PermissionDeniedError('denied'));
  await expect(judge('AfterAllowTraffic')).rejects.toThrow('denied');
});
