import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckConfig } from '../../../functions/core/config/schema.ts';
import { openHookScene } from '../../../functions/lifecycle-hook/hook-scene.ts';
import { openVantage } from '../../../functions/lifecycle-hook/open-vantage.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { judgeScene } from './judge-scene.ts';

let scene: BlueGreenScene;

const socket = parsedCheck('websocket', { path: '/ws', requests: 30 });
const flow = parsedCheck('flow', { name: 'walk', steps: [{ path: '/a' }], runs: 5 });
const compare = parsedCheck('compare', { name: 'pairs', paths: ['/products'] });

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.check('afterAllowTestTraffic', socket, flow);
});

describe('lifecycle events', () => {
  it('BeforeInstall asks the original for all that the replacement will be asked', async () => {
    scene.setTaskSets(scene.original);
    scene.check('afterAllowTestTraffic', socket, compare, flow);

    const { verdict, checks } = await judgeScene(scene, 'BeforeInstall');

    expect(verdict).toBe('pass');
    expect(checks.map(({ type, samples }) => [type, samples])).toEqual([
      ['listener', 1],
      ['websocket', 30],
      ['flow', 5],
    ]);
    expect(scene.webSocket.exchanges[0]?.url).toBe('ws://shop.elb.test:8080/ws');
  });

  it('BeforeInstall calls a missing secret an error, not a fault of the original', async () => {
    scene.setTaskSets(scene.original);
    const secret = { secrets: { a: { parameter: '/gone' } }, headers: { a: '${secrets.a}' } };
    scene.check('afterAllowTestTraffic', parsedCheck('http', { path: '/', ...secret }));

    expect(await judgeScene(scene, 'BeforeInstall')).toMatchObject({
      verdict: 'error',
      sentence: 'secrets: cannot read a secret of the checks: There is no secret "/gone"',
    });
  });

  it('BeforeAllowTraffic repeats them shortly', async () => {
    scene.allowTestTraffic();

    const { checks } = await judgeScene(scene, 'BeforeAllowTraffic');

    expect(checks.slice(-2).map(({ type, samples }) => [type, samples])).toEqual([
      ['websocket', 10],
      ['flow', 3],
    ]);
  });

  it('AfterAllowTraffic repeats them shortly through production', async () => {
    scene.allowTraffic();

    const { checks } = await judgeScene(scene, 'AfterAllowTraffic');

    expect(checks.slice(-2).map(({ type, samples }) => [type, samples])).toEqual([
      ['websocket', 10],
      ['flow', 3],
    ]);
    expect(scene.webSocket.exchanges[0]?.url).toBe('ws://shop.elb.test:80/ws');
  });

  it('a failed check does not hide what the others found', async () => {
    scene.allowTestTraffic();
    scene.webSocket.answer = () => ({ kind: 'no-response', reason: 'ECONNRESET', durationMs: 1 });
    scene.answer(500);

    const { verdict, sentence, checks } = await judgeScene(scene, 'AfterAllowTestTraffic');

    expect(verdict).toBe('fail');
    expect(checks.slice(-2).map((check) => check.verdict)).toEqual(['fail', 'fail']);
    expect(sentence).toBe(
      'WebSocket /ws: expected an upgrade to a WebSocket, got no response (ECONNRESET) in 30 of 30 exchanges (and 1 more: walk)',
    );
  });
});

describe('openVantage', () => {
  const open = async (...checks: CheckConfig[]) =>
    openVantage(
      'AfterAllowTestTraffic',
      await openHookScene(deploymentId, scene),
      await scene.loadBalancing.listener('arn:listener/test'),
      checks,
      scene,
    );

  beforeEach(() => scene.allowTestTraffic());

  it('shows the original through production to the checks that compare', async () => {
    expect((await open(compare)).originalListener?.listenerArn).toBe('arn:listener/production');
    expect((await open(socket, flow)).originalListener).toBe(undefined);
  });

  it.each([
    ['a part of production is on the replacement', { [blueGroup.arn]: 90, [greenGroup.arn]: 10 }],
    ['production has moved', { [blueGroup.arn]: 0, [greenGroup.arn]: 100 }],
  ])('knows no original once %s', async (_, weights) => {
    scene.loadBalancing.forward('arn:listener/production', weights);

    expect((await open(compare)).originalListener).toBe(undefined);
  });

  it('tells a check of the user which image it looks at', async () => {
    const custom = parsedCheck('custom', { file: 'checks/own.ts' });

    expect(await open(custom)).toMatchObject({
      service: 'shop',
      image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf('2')}`,
    });
    scene.setTaskSets(scene.original);
    expect((await open(custom)).image).toBe(undefined);
  });
});
