import { beforeEach, describe, expect, it } from 'vitest';
import type { DriftRecord } from '../../../functions/core/drift/drift-record.ts';
import { type ReportDriftDeps, reportDrift } from '../../../functions/sweep/report-drift.ts';
import { digestOf, serviceConfig } from '../../support/builders/releases.ts';
import { rolloutRecord } from '../../support/builders/rollout-records.ts';
import { DriftScene } from '../../support/drift-scene.ts';
import { ecsDeployment, rollingEcsService } from '../../support/fakes/fake-ecs-services.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import {
  newTaskDefinition,
  originalTaskDefinition,
  RollingScene,
} from '../../support/rolling-scene.ts';

const byHand = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:77';
let scene: RollingScene;
let asked: string[];

beforeEach(() => {
  scene = new RollingScene();
  asked = [];
});

const service = () => scene.config.services[0] ?? serviceConfig();
const stored = () => scene.records.stored('drift/shop.json') as DriftRecord;
const report = () => {
  const { services, serviceDeployments, clock } = scene;
  const drift: ReportDriftDeps['drift'] = {
    ...new DriftScene().driftPorts(),
    services,
    serviceDeployments: {
      list: async (...args) => {
        asked.push('list');
        return serviceDeployments.list(...args);
      },
    },
    clock,
  };
  return reportDrift(service(), { ...scene, drift });
};
const later = () => {
  scene.clock.advance(600_000);
  return report();
};

/** A rollout of ours that ended, and what is on record of it. */
async function released(changes: Parameters<typeof rolloutRecord>[0] = {}): Promise<void> {
  const record = rolloutRecord(changes);
  const { deploymentId, release, taskDefinitionArn, execution } = record;
  scene.serviceDeployments.add({
    arn: rolloutArn(deploymentId),
    status: 'SUCCESSFUL',
    taskDefinitionArn,
  });
  await scene.records.write(`deployments/${deploymentId}/rollout.json`, {
    release,
    taskDefinitionArn,
    execution,
  });
  await scene.records.write(`deployments/${deploymentId}/record.json`, record);
}

function startedByHand(status = 'IN_PROGRESS'): void {
  scene.serviceDeployments.add({
    arn: rolloutArn('BYHAND'),
    status,
    taskDefinitionArn: byHand,
  });
}

describe('a service that ECS rolls out, at rest', () => {
  it('is sound, first as it was found, then as its release left it', async () => {
    await expect(report()).resolves.toBe('sound');
    expect(stored().asLeft.taskDefinitionArn).toBe(originalTaskDefinition);

    await released();
    scene.runs(newTaskDefinition, digestOf('2'));

    await expect(later()).resolves.toBe('sound');
    expect(stored().asLeft).toMatchObject({
      deploymentId: 'AAAAAAAA1',
      taskDefinitionArn: newTaskDefinition,
    });
    expect(scene.notifier.published).toEqual([]);
  });

  it('is sound after a release that was rolled back', async () => {
    await released({ outcome: 'rolled-back', error: 'DeploymentRolledBack' });

    await expect(report()).resolves.toBe('sound');
    expect(stored().asLeft.taskDefinitionArn).toBe(originalTaskDefinition);
  });

  it('is taken as it is after a release of which nobody knows what it left', async () => {
    await released({ outcome: 'failed', error: 'RollbackFailed' });
    scene.runs(byHand, digestOf('9'));

    await expect(report()).resolves.toBe('sound');
  });

  it('is not looked at while a rollout of ours is under way, or its end not on record', async () => {
    await released();
    scene.serviceDeployments.change(rolloutArn('AAAAAAAA1'), { status: 'IN_PROGRESS' });
    await expect(report()).resolves.toBe('in-flight');

    scene.serviceDeployments.change(rolloutArn('AAAAAAAA1'), { status: 'SUCCESSFUL' });
    scene.records.forget('deployments/AAAAAAAA1/record.json');
    await expect(report()).resolves.toBe('in-flight');

    expect(scene.records.stored('drift/shop.json')).toBeUndefined();
  });

  it('is unseen where it is not there, or has nothing that serves', async () => {
    scene.services.services.set('prod/shop', rollingEcsService([]));
    await expect(report()).resolves.toBe('unseen');

    scene.services.services.clear();
    await expect(report()).resolves.toBe('unseen');
  });
});

describe('drift of a service that ECS rolls out', () => {
  beforeEach(async () => {
    await released();
    scene.runs(newTaskDefinition, digestOf('2'));
    await report();
  });

  it('is another task definition than the record says, told once, and nothing is touched', async () => {
    startedByHand('SUCCESSFUL');
    scene.runs(byHand, digestOf('9'));

    await expect(later()).resolves.toBe('drifted');
    await expect(later()).resolves.toBe('drifted');

    expect(stored().findings).toMatchObject([
      {
        check: 'serving-on-record',
        expected: `${newTaskDefinition}, as rollout AAAAAAAA1 left it`,
        observed: expect.stringContaining(byHand),
      },
    ]);
    expect(scene.notifier.published).toMatchObject([{ alarm: 'Drift' }]);
    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.serviceDeployments.stopped).toEqual([]);

    scene.runs(newTaskDefinition, digestOf('2'));
    await expect(later()).resolves.toBe('sound');
    expect(stored().clearedAt).toBe(new Date(scene.clock.now()).toISOString());
  });

  it('is somebody else’s rollout under way, and that alone', async () => {
    startedByHand();
    scene.runs(byHand, digestOf('9'));

    await expect(later()).resolves.toBe('drifted');

    expect(stored().findings).toMatchObject([
      { check: 'deployment-in-flight', observed: `BYHAND IN_PROGRESS, of ${byHand}` },
    ]);
  });

  it('is an alarm that was switched off after the release', async () => {
    const deployment = ecsDeployment({ taskDefinitionArn: newTaskDefinition });
    const alarms = (alarmNames: string[]) =>
      scene.services.services.set('prod/shop', rollingEcsService([deployment], { alarmNames }));
    await released({ deploymentId: 'AAAAAAAA2' });
    alarms(['shop-5xx']);
    await later();
    alarms([]);

    await expect(later()).resolves.toBe('drifted');

    expect(stored().findings).toMatchObject([
      { check: 'rollback-alarms', observed: 'shop-5xx is switched off' },
    ]);
  });

  it('is explained by a rollout of ours that began while it was looked at', async () => {
    scene.runs(byHand, digestOf('9'));
    await scene.records.write('deployments/OURS/rollout.json', {});
    const { list } = scene.serviceDeployments;
    scene.serviceDeployments.list = (...args) => {
      if (asked.length === 3) {
        scene.serviceDeployments.add({ arn: rolloutArn('OURS'), taskDefinitionArn: byHand });
      }
      return list.apply(scene.serviceDeployments, args);
    };

    await expect(later()).resolves.toBe('in-flight');

    expect(stored().findings).toEqual([]);
  });
});
