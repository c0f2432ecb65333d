import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { deploymentGroup } from '../../support/fakes/fake-deployments.ts';
import { taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { judgeScene, probedUrls } from './judge-scene.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

const judge = (lifecycleEvent: HookLifecycleEvent) => judgeScene(scene, lifecycleEvent);

describe('BeforeInstall', () => {
  beforeEach(() => scene.setTaskSets(scene.original));

  it('passes when the original passes the full checks behind the test listener', async () => {
    const { verdict } = await judge('BeforeInstall');

    expect(verdict).toBe('pass');
    expect(scene.probe.requests).toHaveLength(20);
    expect(probedUrls(scene)).toEqual(['http://shop.elb.test:8080/products']);
    expect(scene.probe.requests[0]?.headers['x-greengate-probe']).toBe(deploymentId);
  });

  it('is inconclusive when the original fails them, and says that they cannot judge', async () => {
    scene.answer(500);

    const { verdict, sentence, checks } = await judge('BeforeInstall');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toBe(
      'The checks cannot judge the replacement, because the original does not pass them: GET /products: expected status 200, got status 500 in 20 of 20 responses; if this release is to mend that, redrive its execution',
    );
    expect(checks.map((check) => check.verdict)).toEqual(['pass', 'fail']);
  });

  it.each([
    ['redrove', 'greengate shop-222222222222-0123456789abcdef redrive 1'],
    ['started by hand', 'greengate rollback-of-shop redrive 0'],
  ])(
    'lets a release through that a person %s, and says what the original fails',
    async (_, description) => {
      scene.deployments.add({ deploymentId, description });
      scene.answer(500);

      const { verdict, sentence, checks } = await judge('BeforeInstall');

      expect(verdict).toBe('pass');
      expect(sentence).toBe(
        'The original does not pass the checks, and a person wants this release, which has to pass them: GET /products: expected status 200, got status 500 in 20 of 20 responses',
      );
      expect(checks.map((check) => [check.verdict, check.evidence.at(-1)?.kind])).toEqual([
        ['pass', 'state'],
        ['pass', 'let-through'],
      ]);
      expect(checks[1]?.sentence).toMatch(
        /^GET \/products: expected status 200, got status 500 in 20 of 20 responses \(let through of what runs now: a person wants this release\)$/,
      );
    },
  );

  it.each([
    [
      'a listener that shows something else',
      () => scene.allowTestTraffic(),
      'inconclusive',
      /expected to forward to shop-blue only.*$/,
    ],
    [
      'a check that is broken',
      () => scene.check('afterAllowTestTraffic', httpCheck({ expect: { body: { matches: '(' } } })),
      'error',
      /^\/products: Invalid regular expression/,
    ],
  ])(
    'lets %s through for nobody, and promises nothing of a redrive',
    async (_, spoil, verdict, said) => {
      const description = 'greengate rollback-of-shop redrive 0';
      scene.deployments.add({ deploymentId, description });
      spoil();

      const judgement = await judge('BeforeInstall');
      expect(judgement.verdict).toBe(verdict);
      expect(judgement.sentence).toMatch(said);
      expect(judgement.sentence).not.toContain('redrive');
    },
  );

  it('is inconclusive when the test listener does not serve the original', async () => {
    scene.allowTestTraffic();

    const { verdict, sentence } = await judge('BeforeInstall');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toContain('expected to forward to shop-blue only');
  });

  it('fails when an earlier deployment left its tasks behind the replacement group', async () => {
    const left = taskSet({
      id: 'ecs-svc/9',
      externalId: 'd-LEFT00001',
      status: 'ACTIVE',
      targetGroupArn: greenGroup.arn,
    });
    scene.setTaskSets(scene.original, left);

    const { verdict, sentence } = await judge('BeforeInstall');

    expect(verdict).toBe('fail');
    expect(sentence).toBe(
      'task sets: expected no tasks of another task set behind shop-green, got 2 of ecs-svc/9 (d-LEFT00001); delete what an earlier deployment left there',
    );
    expect(scene.probe.requests).toEqual([]);
  });

  it.each([
    ['is on its way out', { status: 'DRAINING' }],
    ['has no tasks', { runningCount: 0 }],
    ['is the own one of this deployment', { externalId: deploymentId }],
  ])('does not mind a task set that %s', async (_, difference) => {
    const left = taskSet({ status: 'ACTIVE', targetGroupArn: greenGroup.arn, ...difference });
    scene.setTaskSets(scene.original, left);

    expect((await judge('BeforeInstall')).verdict).toBe('pass');
  });

  it('without configured checks still has the listener as evidence', async () => {
    scene.check('afterAllowTestTraffic');

    expect((await judge('BeforeInstall')).verdict).toBe('pass');
  });
});

describe('every hook that needs the test listener', () => {
  it.each<HookLifecycleEvent>(['BeforeInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'])(
    '%s is inconclusive without one',
    async (lifecycleEvent) => {
      scene.deployments.groupSettings = deploymentGroup({ testListenerArn: undefined });

      const { verdict, sentence } = await judge(lifecycleEvent);

      expect(verdict).toBe('inconclusive');
      expect(sentence).toBe(
        'test listener: expected a test listener in deployment group shop, got none, so the hook cannot see the replacement before production does',
      );
      expect(scene.probe.requests).toEqual([]);
    },
  );
});
