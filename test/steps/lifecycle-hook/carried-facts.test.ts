import { beforeEach, expect, it } from 'vitest';
import { balancerFactsKey } from '../../../functions/core/balancing/balancer-facts.ts';
import { runLifecycleHook } from '../../../functions/lifecycle-hook/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { blueGroup, greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';

const call = { deploymentId, hookExecutionId: 'hook-execution-1' };
const newGreen = { ...greenGroup, arn: greenGroup.arn.replace(/[^/]+$/, '1111111111111111') };
let scene: BlueGreenScene;

beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.allowTestTraffic();
  await scene.records.write(balancerFactsKey('shop'), {
    listeners: { 'arn:listener/test': { protocol: 'HTTP', port: 8080, host: 'shop.elb.test' } },
    targetGroups: [blueGroup, greenGroup],
    recordedAt: new Date(scene.clock.now()).toISOString(),
  });
});

const run = () =>
  runLifecycleHook(call, {
    lifecycleEvent: 'AfterAllowTestTraffic',
    judge: () => scene,
    clock: scene.clock,
    signal: scene.signal,
    reports: scene.deployments,
    records: scene.records,
    notifier: scene.notifier,
    region: () => 'eu-central-1',
    log: scene.log,
  });

/** Made anew between preflight and the hook: the replacement is behind the new one. */
function remakeGreen(): void {
  scene.loadBalancing.groups = [blueGroup, newGreen];
  scene.setTaskSets(scene.original, { ...scene.replacement, targetGroupArn: newGreen.arn });
  scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 0, [newGreen.arn]: 100 });
}

it('asks for neither groups nor listeners that preflight found', async () => {
  const asked: string[] = [];
  const { listeners } = scene.loadBalancing;
  scene.loadBalancing.forwardings = async (arn) => {
    asked.push('forwardings');
    return [...(listeners.get(arn)?.forwardings ?? [])];
  };
  scene.loadBalancing.listener = () => Promise.reject(new Error('asked'));
  scene.loadBalancing.targetGroups = () => Promise.reject(new Error('asked'));

  expect(await run()).toMatchObject({ verdict: 'pass' });
  expect(asked).toEqual(['forwardings']);
});

it('judges the weights of this moment, not those that preflight saw', async () => {
  scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 100 });

  expect(await run()).toMatchObject({ verdict: 'fail' });
});

it.each([
  ['healthy', 'unhealthy', 'pass'],
  ['unhealthy', 'healthy', 'fail'],
])('judges a group that was made anew and is %s, not the old one', async (now, before, verdict) => {
  remakeGreen();
  scene.loadBalancing.health.set(newGreen.arn, targets(now, now));
  scene.loadBalancing.health.set(greenGroup.arn, targets(before, before));

  expect(await run()).toMatchObject({ verdict });
});
