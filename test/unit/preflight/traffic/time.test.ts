import { describe, expect, it } from 'vitest';
import { RequestRefusedError, TransientAwsError } from '../../../../functions/core/errors.ts';
import type { TrafficShift } from '../../../../functions/core/ports/deployment-groups.ts';
import { predictHealth } from '../../../../functions/core/preflight/traffic/predict-health.ts';
import { forwarding, listenerArns, targetGroup } from '../../../support/builders/traffic.ts';
import { taskSet } from '../../../support/fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from '../../../support/fakes/fake-load-balancing.ts';
import { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask, judge } from './ask.ts';

const slowStart = (startPeriod: number) => (scene: TrafficScene) => {
  scene.document = {
    ...scene.document,
    containerDefinitions: [{ name: 'app', healthCheck: { interval: 10, startPeriod } }],
  };
};

/** The deployment that made the PRIMARY task set took so long to install it. */
const installed = (seconds: number) => (scene: TrafficScene) => {
  scene.setService({ primaryTaskSet: taskSet({ externalId: 'd-OLD' }) });
  scene.deployments.targets.set('d-OLD', {
    lifecycleEvents: [
      {
        name: 'Install',
        status: 'Succeeded',
        startedAtMs: 1_000,
        endedAtMs: 1_000 + seconds * 1_000,
      },
    ],
    taskSets: [],
  });
};

describe('predictHealth', () => {
  const group = targetGroup(blueGroup);

  it.each([
    ['the target group alone', {}, 25, '2 target group checks every 10 s'],
    [
      'a quick container check',
      { interval: 5, timeout: 2 },
      25,
      '2 target group checks every 10 s',
    ],
    ['a container check with its defaults', {}, 35, "the container's own check after 35 s"],
    [
      'no container that may be sick',
      { essential: false, healthCheck: { interval: 60, startPeriod: 300 } },
      25,
      '2 target group checks every 10 s',
    ],
    [
      'a start period',
      { interval: 10, startPeriod: 300 },
      325,
      'start period 5 min and 2 target group checks every 10 s',
    ],
  ])('counts %s', (what, changes, seconds, because) => {
    const container =
      what === 'the target group alone' || 'essential' in changes
        ? changes
        : { healthCheck: changes };
    const prediction = predictHealth(group, { containerDefinitions: [container] });
    expect(prediction).toMatchObject({ seconds, because });
  });
});

describe('health-time', () => {
  it('tells the prediction, what was observed, and the grace period', async () => {
    expect(await ask('health-time', installed(124))).toEqual({
      status: 'OK',
      observed:
        '25 s (2 target group checks every 10 s); Install of d-OLD took 2 min 4 s; grace period 1 min',
    });
  });

  it.each<[string, (scene: TrafficScene) => void, string, string]>([
    [
      'a prediction beyond the configured bound',
      (scene) => {
        slowStart(300)(scene);
        scene.config = {
          ...scene.config,
          preflight: { ...scene.config.preflight, maxHealthySeconds: 324 },
        };
      },
      '5 min 25 s (start period 5 min and 2 target group checks every 10 s)',
      'raise preflight.maxHealthySeconds',
    ],
    [
      'an observation beyond it',
      (scene) => {
        installed(3_601)(scene);
      },
      '25 s (2 target group checks every 10 s); Install of d-OLD took 1 h',
      'Shorten interval or threshold',
    ],
    [
      'a grace period that outlives Install',
      (scene) => scene.setService({ healthCheckGracePeriodSeconds: 3_600 }),
      'healthCheckGracePeriodSeconds 3600',
      'Lower the grace period',
    ],
    [
      'a start period longer than the patience of the target group',
      (scene) => {
        slowStart(81)(scene);
      },
      'ECS stops a task after 1 min 20 s of failing target group checks: grace period 1 min, then 2 checks every 10 s',
      'Set healthCheckGracePeriodSeconds of the service to 81 or more',
    ],
  ])('refuses %s', async (_, spoil, observed, remedy) => {
    expect(await ask('health-time', spoil)).toMatchObject({
      status: 'NG',
      observed,
      remedy: expect.stringContaining(remedy),
    });
  });

  it('takes a start period that the grace period just covers', async () => {
    expect(await ask('health-time', slowStart(80))).toMatchObject({ status: 'OK' });
  });

  it('does without an observation that CodeDeploy has forgotten, and passes on other errors', async () => {
    const scene = new TrafficScene();
    installed(10)(scene);
    const failing = (error: Error) => {
      scene.deployments.target = () => Promise.reject(error);
      return judge('health-time', scene.facts());
    };
    expect(await failing(new RequestRefusedError('gone'))).toMatchObject({
      status: 'OK',
      observed: expect.not.stringContaining('Install of'),
    });
    await expect(failing(new TransientAwsError('later'))).rejects.toThrow('later');
  });
});

describe('draining', () => {
  const sticky = (seconds: number) => (scene: TrafficScene) =>
    void scene.forwardings.set(listenerArns.production, [
      forwarding(listenerArns.production, 100, 0, seconds),
    ]);

  it.each<[string, (scene: TrafficScene) => void, 'OK' | 'NG', string]>([
    [
      'a delay as long as the termination wait',
      (scene) => {
        scene.deregistrationDelaySeconds = 300;
      },
      'OK',
      'termination wait 5 min',
    ],
    [
      'a longer delay',
      (scene) => {
        scene.deregistrationDelaySeconds = 301;
      },
      'NG',
      'deregistration delay 5 min 1 s',
    ],
    ['stickiness of one canary interval', sticky(300), 'OK', 'stickiness 5 min'],
    ['longer stickiness', sticky(301), 'NG', 'stickiness 5 min 1 s'],
    [
      'stickiness up to the termination wait when all move at once',
      (scene) => {
        sticky(600)(scene);
        scene.shift = { type: 'AllAtOnce' };
        scene.setGroup({ terminationWaitMinutes: 10 });
      },
      'OK',
      'stickiness 10 min',
    ],
  ])('with %s is %s', async (_, spoil, status, observed) => {
    expect(await ask('draining', spoil)).toMatchObject({
      status,
      observed: expect.stringContaining(observed),
    });
  });

  it('leaves the stickiness of rules alone that are none of the pair', async () => {
    const finding = await ask(
      'draining',
      (scene) =>
        void scene.forwardings.set(listenerArns.production, [
          { arn: 'arn:rule/other', weights: { 'arn:tg/other': 1 }, stickinessSeconds: 86_400 },
        ]),
    );
    expect(finding).toMatchObject({
      status: 'OK',
      observed: expect.stringContaining('stickiness off'),
    });
  });
});

describe('deployment-duration', () => {
  it.each<[TrafficShift, string]>([
    [
      { type: 'AllAtOnce' },
      'about 6 min 25 s and the time of the checks: install 1 min 25 s (predicted), shift 0 s',
    ],
    [{ type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 15 }, 'about 21 min 25 s'],
    [{ type: 'TimeBasedLinear', percentage: 10, intervalMinutes: 3 }, 'shift 27 min'],
    [{ type: 'TimeBasedLinear', percentage: 30, intervalMinutes: 10 }, 'shift 30 min'],
    [{ type: 'TimeBasedLinear', percentage: 100, intervalMinutes: 10 }, 'shift 0 s'],
  ])('of %j is told', async (shift, said) => {
    const finding = await ask('deployment-duration', (scene) => {
      scene.shift = shift;
    });
    expect(finding).toMatchObject({ status: 'OK', observed: expect.stringContaining(said) });
  });

  it('takes the last Install for the next, and counts a ready wait', async () => {
    const finding = await ask('deployment-duration', (scene) => {
      installed(124)(scene);
      scene.setGroup({ readyWaitMinutes: 30 });
    });
    expect(finding).toEqual({
      status: 'OK',
      observed:
        'about 42 min 4 s and the time of the checks: install 2 min 4 s (as d-OLD), ready wait up to 30 min, shift 5 min (CodeDeployDefault.ECSCanary10Percent5Minutes), termination wait 5 min',
    });
  });

  it.each([
    [{ readyWaitMinutes: 120 * 60 }, 'traffic shifted within 5 d'],
    [{ terminationWaitMinutes: 48 * 60 + 1 }, 'a termination wait of at most 2 d'],
  ])('refuses %j, beyond the limits of CodeDeploy', async (changes, expected) => {
    const finding = await ask('deployment-duration', (scene) => scene.setGroup(changes));
    expect(finding).toMatchObject({ status: 'NG', expected });
  });
});

it('uses the other group of the pair for nothing but its delay', async () => {
  const finding = await ask('health-time', (scene) => {
    const { healthCheck } = targetGroup(greenGroup);
    scene.targetGroups = [
      targetGroup(blueGroup),
      targetGroup(greenGroup, { healthCheck: { ...healthCheck, intervalSeconds: 300 } }),
    ];
  });
  expect(finding).toMatchObject({ status: 'OK', observed: expect.stringContaining('25 s') });
});
