import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConfig } from '../../../functions/core/config/schema.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import {
  configOf,
  digestOf,
  releaseRequest,
  serviceConfig,
} from '../../support/builders/releases.ts';
import { ownDescription, trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { runIn } from './run-scene.ts';

const olderDescription = 'greengate shop-111111111111-aa redrive 0';
const install = { BeforeInstall: 'Succeeded', Install: 'InProgress', AllowTraffic: 'Pending' };
const shifting = { Install: 'Succeeded', AllowTraffic: 'InProgress' };
const retained = { AllowTraffic: 'Succeeded', AfterAllowTraffic: 'Succeeded' };
const judging = { AllowTraffic: 'Succeeded', AfterAllowTraffic: 'InProgress' };
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, { description: olderDescription });
});

/** A newer release than the one that is being deployed meets it. */
function meet(config: Partial<ServiceConfig>, statuses: Record<string, string>) {
  scene.config = configOf(serviceConfig(config));
  scene.deployments.targets.set(deploymentId, deploymentTarget(statuses));
  return runIn(scene);
}

const waits = { name: 'DeploymentConflictError' };

describe('a newer push with onNewerPush: supersede', () => {
  const config = { onNewerPush: 'supersede' } as const;

  it('stops a deployment that production has not met, says why, and waits for its end', async () => {
    await expect(meet(config, install)).rejects.toMatchObject(waits);

    expect(scene.deployments.stopped).toEqual([deploymentId]);
    expect(scene.records.stored(`deployments/${deploymentId}/stop-request.json`)).toMatchObject({
      cause: 'superseded',
      sentence: `image v2 (${digestOf('2').slice(0, 19)}) was pushed before production saw this one`,
    });
  });

  it.each([
    ['shifts traffic', shifting],
    ['is judged in production', judging],
    ['keeps its original for a while', retained],
  ])('waits for a deployment that %s', async (_, statuses) => {
    await expect(meet(config, statuses)).rejects.toMatchObject(waits);

    expect(scene.deployments.stopped).toEqual([]);
    expect(scene.deployments.retentionsEnded).toEqual([]);
  });

  it.each([
    ['somebody else', { description: 'by hand' }],
    ['a rollback', { creator: 'codeDeployRollback' }],
  ])('waits for the deployment of %s', async (_, changes) => {
    scene.deployments.change(deploymentId, changes);

    await expect(meet(config, install)).rejects.toMatchObject(waits);

    expect(scene.deployments.stopped).toEqual([]);
  });

  it.each([
    ['the execution of another tag', 'shop-222222222222-aaaaaaaaaaaaaaaa', undefined],
    ['an execution that a person started', 'again', trackedDeployment()],
  ])('waits for the very same image, deployed by %s', async (_, executionName, tracked) => {
    const config = { onNewerPush: 'supersede', endRetentionEarly: true } as const;
    scene.deployments.change(deploymentId, {
      description: `greengate ${executionName} redrive 0`,
    });
    if (tracked) await scene.records.write(`deployments/${deploymentId}/task-token.json`, tracked);

    await expect(meet(config, install)).rejects.toMatchObject(waits);
    await expect(meet(config, retained)).rejects.toMatchObject(waits);

    expect(scene.deployments.stopped).toEqual([]);
    expect(scene.deployments.retentionsEnded).toEqual([]);
  });

  it('does not stop anything when a still newer image is there', async () => {
    scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse('2026-09-01T10:30:00Z'));

    await expect(meet(config, install)).rejects.toMatchObject({ name: 'ReleaseSuperseded' });

    expect(scene.deployments.stopped).toEqual([]);
  });
});

describe('a newer push by default', () => {
  it.each([
    ['installs', install],
    ['keeps its original for a while', retained],
  ])('waits for a deployment that %s', async (_, statuses) => {
    await expect(meet({}, statuses)).rejects.toMatchObject(waits);

    expect(scene.deployments.stopped).toEqual([]);
    expect(scene.deployments.retentionsEnded).toEqual([]);
  });
});

describe('a newer push with endRetentionEarly', () => {
  it('ends the wait before the original is terminated', async () => {
    await expect(meet({ endRetentionEarly: true }, retained)).rejects.toMatchObject(waits);

    expect(scene.deployments.retentionsEnded).toEqual([deploymentId]);
  });

  it.each([
    ['is judged in production', judging],
    ['installs', install],
  ])('leaves a deployment alone that %s', async (_, statuses) => {
    await expect(meet({ endRetentionEarly: true }, statuses)).rejects.toMatchObject(waits);

    expect(scene.deployments.retentionsEnded).toEqual([]);
    expect(scene.deployments.stopped).toEqual([]);
  });
});

describe('a release that waited for its turn', () => {
  it('is held when the line was stopped meanwhile, and nothing is created', async () => {
    scene.deployments.deployments.clear();
    scene.line.reasons.set('shop', 'incident 42');

    await expect(meet({}, install)).rejects.toMatchObject({ name: 'ReleaseHeld' });

    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(`pushes/${releaseRequest().eventId}/shop.json`)).toMatchObject({
      outcome: 'refused',
    });
  });

  it('is not held when its deployment runs already', async () => {
    scene.deployments.change(deploymentId, { description: ownDescription });
    scene.line.reasons.set('shop', 'incident 42');

    await expect(meet({}, install)).resolves.toMatchObject({ state: 'adopted' });
  });
});
