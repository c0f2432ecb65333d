import { beforeEach, describe, expect, it } from 'vitest';
import type { DriftRecord } from '../../../functions/core/drift/drift-record.ts';
import { claimPatienceMs } from '../../../functions/core/notification/notify-once.ts';
import { reportDrift } from '../../../functions/sweep/report-drift.ts';
import { serviceConfig } from '../../support/builders/releases.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { forwarding, listenerArns } from '../../support/builders/traffic.ts';
import { DriftScene } from '../../support/drift-scene.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { codeDeployService, taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeNotifier } from '../../support/fakes/fake-notifier.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { driftSpoilers } from './drift-spoilers.ts';

const tenMinutesMs = 600_000;
let scene: DriftScene;
let deps: {
  records: FakeRecords;
  notifier: FakeNotifier;
  clock: FakeClock;
  log: FakeLog;
};

beforeEach(() => {
  scene = new DriftScene();
  deps = {
    records: new FakeRecords(),
    notifier: new FakeNotifier(),
    clock: new FakeClock('2026-09-01T10:00:00.000Z'),
    log: new FakeLog(),
  };
});

const report = () => reportDrift(scene.config, { ...deps, drift: scene.driftPorts() });
const stored = () => deps.records.stored('drift/shop.json') as DriftRecord;
const later = () => {
  deps.clock.advance(tenMinutesMs);
  return report();
};

/** Production and test listener on green, though the PRIMARY task set is behind blue. */
function moveListeners(): void {
  for (const arn of Object.values(listenerArns))
    scene.forwardings.set(arn, [forwarding(arn, 0, 100)]);
}

describe('a service at rest', () => {
  it('is sound, and what it is like is kept to be compared with', async () => {
    await expect(report()).resolves.toBe('sound');
    await expect(later()).resolves.toBe('sound');

    expect(stored()).toEqual({
      service: 'shop',
      findings: [],
      asLeft: {
        deploymentId: 'd-ORIGINAL1',
        taskSetId: taskSet().id,
        taskDefinitionArn: taskSet().taskDefinitionArn,
        rules: {
          'arn:listener/production/default': 'priority default, if [], forward the pair',
          'arn:listener/test/default': 'priority default, if [], forward the pair',
        },
        alarms: ['shop-5xx'],
      },
      recordedAt: '2026-09-01T10:00:00.000Z',
    });
    expect(deps.records.writes).toEqual(['drift/shop.json']);
    expect(deps.notifier.published).toEqual([]);
  });

  it('is sound after a release of ours, which swaps the groups of the pair', async () => {
    await report();
    scene.deployments.add({
      deploymentId: 'd-RELEASE01',
      status: 'Succeeded',
      description: ownDescription,
    });
    scene.serveGreen('d-RELEASE01');

    await expect(later()).resolves.toBe('sound');

    expect(stored().asLeft).toMatchObject({
      deploymentId: 'd-RELEASE01',
      taskDefinitionArn: 'arn:task-definition/shop:9',
    });
    expect(deps.notifier.published).toEqual([]);
  });

  it('without a task set that serves production there is nothing to compare', async () => {
    scene.service = codeDeployService([]);

    await expect(report()).resolves.toBe('unseen');
    expect(deps.records.writes).toEqual([]);
  });
});

describe('drift', () => {
  beforeEach(async () => {
    await report();
  });

  it.each(driftSpoilers)('is found when %s: %s', async (_, check, spoil, observed) => {
    spoil(scene);

    await expect(later()).resolves.toBe('drifted');

    const { findings, since } = stored();
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.observed).toContain(observed);
    expect(since).toBe('2026-09-01T10:10:00.000Z');
    expect(deps.notifier.published).toMatchObject([
      {
        subject: 'ALARM Greengate: shop is not as its last release left it, Drift',
        message: expect.stringContaining(observed),
        alarm: 'Drift',
      },
    ]);
  });

  it('is told once while it stands, and rings all the time', async () => {
    moveListeners();
    for (let turn = 0; turn < 4; turn++) await later();

    expect(deps.notifier.published).toHaveLength(1);
    expect(stored().since).toBe('2026-09-01T10:10:00.000Z');
    const rung = deps.log.lines.filter(
      ({ message, fields }) => message === 'alarm raised' && 'service' in (fields ?? {}),
    );
    expect(rung).toHaveLength(4);
  });

  it('is told again when it changes, and each finding keeps its own time', async () => {
    moveListeners();
    await later();
    scene.alarms = [];
    await later();

    expect(deps.notifier.published).toHaveLength(2);
    expect(stored()).toMatchObject({
      since: '2026-09-01T10:10:00.000Z',
      findings: [
        { check: 'listeners-on-primary', since: '2026-09-01T10:10:00.000Z' },
        { check: 'rollback-alarms', since: '2026-09-01T10:20:00.000Z' },
      ],
    });
  });

  it('does not change with the number of tasks that a leaked task set has', async () => {
    const leak = (runningCount: number) => {
      const left = taskSet({ id: 'ecs-svc/9', status: 'ACTIVE', runningCount });
      scene.service = codeDeployService([taskSet(), left]);
    };
    leak(2);
    await later();
    leak(3);
    await later();

    expect(deps.notifier.published).toHaveLength(1);
  });

  it('is cleared when it is gone, once', async () => {
    moveListeners();
    await later();
    for (const arn of Object.values(listenerArns))
      scene.forwardings.set(arn, [forwarding(arn, 100, 0)]);

    await expect(later()).resolves.toBe('sound');
    await later();

    expect(stored()).toMatchObject({ findings: [], clearedAt: '2026-09-01T10:20:00.000Z' });
    expect(stored()).not.toHaveProperty('since');
    expect(deps.notifier.published.map(({ subject }) => subject)).toEqual([
      'ALARM Greengate: shop is not as its last release left it, Drift',
      'Greengate: shop is as its last release left it again',
    ]);
  });

  it('by a deployment by hand ends with the next release', async () => {
    scene.deployments.add({ deploymentId: 'd-BYHAND001', status: 'Succeeded' });
    scene.serveGreen('d-BYHAND001');
    await later();
    scene.deployments.add({
      deploymentId: 'd-RELEASE01',
      status: 'Succeeded',
      description: ownDescription,
    });
    scene.serveGreen('d-RELEASE01');

    await expect(later()).resolves.toBe('sound');
  });

  it('stays as it was while it cannot be looked at', async () => {
    moveListeners();
    await later();
    const ports = scene.driftPorts();
    const balancers = {
      ...ports.balancers,
      forwardings: () => Promise.reject(new Error('Rate exceeded')),
    };

    await expect(
      reportDrift(scene.config, { ...deps, drift: { ...ports, balancers } }),
    ).resolves.toBe('drifted');

    expect(deps.notifier.published).toHaveLength(1);
    expect(deps.log.messages('warn')).toContain('drift not told in full');
  });

  it.each([
    ['a deployment of ours', { description: ownDescription }],
    ['a rollback', { creator: 'codeDeployRollback' }],
  ])('is not looked for while %s is in flight', async (_, changes) => {
    moveListeners();
    scene.deployments.add({ deploymentId: 'd-OURS00001', ...changes });

    await expect(later()).resolves.toBe('in-flight');

    expect(deps.records.writes).toEqual(['drift/shop.json']);
    expect(deps.notifier.published).toEqual([]);
  });

  it('is not reported of a service whose release began while it was looked at', async () => {
    const ports = scene.driftPorts();
    const rules: typeof ports.rules = {
      rules: async (arn) => {
        moveListeners();
        scene.deployments.add({ deploymentId: 'd-OURS00001', description: ownDescription });
        return ports.rules.rules(arn);
      },
    };
    moveListeners();

    await expect(reportDrift(scene.config, { ...deps, drift: { ...ports, rules } })).resolves.toBe(
      'in-flight',
    );
    expect(deps.notifier.published).toEqual([]);
  });

  it('is none of anybody’s concern where preflight may only warn of it', async () => {
    const { preflight } = serviceConfig();
    scene.config = serviceConfig({
      preflight: { ...preflight, warnOnly: ['listeners-on-primary'] },
    });
    moveListeners();

    await expect(later()).resolves.toBe('sound');
  });

  it('is told by one of two sweeps, and by the next one after a crash', async () => {
    moveListeners();
    deps.clock.advance(tenMinutesMs);
    await Promise.all([report(), report()]);
    expect(deps.notifier.published).toHaveLength(1);

    scene.alarms = [];
    const { publish } = deps.notifier;
    deps.notifier.publish = () => new Promise(() => undefined);
    void later();
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
    deps.notifier.publish = publish.bind(deps.notifier);
    deps.clock.advance(claimPatienceMs);
    await report();

    expect(deps.notifier.published).toHaveLength(2);
  });
});

it('a service of which only a deployment by somebody else is known is not compared with it', async () => {
  scene.deployments.add({ deploymentId: 'd-CONSOLE01' });

  await expect(report()).resolves.toBe('unseen');
  expect(deps.records.writes).toEqual([]);
});
