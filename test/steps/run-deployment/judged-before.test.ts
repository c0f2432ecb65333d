import { beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentRecord } from '../../../functions/core/deployment/deployment-record.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { digestOf, execution, release } from '../../support/builders/releases.ts';
import { runIn } from './run-scene.ts';

/** One image, pushed under two tags within a second. */
const first = release({ tag: 'v2.0', eventId: 'event-of-v2.0' });
const second = release();
const otherName = executionName(first);
let scene: BlueGreenScene;

/** The first tag's execution was rolled back while the second one's waited for the group. */
beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, {
    status: 'Failed',
    description: `greengate ${otherName} redrive 0`,
  });
  scene.setTaskSets(scene.original);
  await keep({});
});

const keep = (changes: Partial<DeploymentRecord>) =>
  scene.records.write(
    `deployments/${deploymentId}/record.json`,
    rolledBackRecord({
      release: first,
      execution: execution({ executionName: otherName }),
      ...changes,
    }),
  );

const run = (
  changes: Parameters<typeof execution>[0] = {},
  asked: Parameters<typeof release>[0] = {},
) => {
  const wanted = { ...second, ...asked };
  return runIn(scene, {
    release: wanted,
    execution: execution({ executionName: executionName(wanted), ...changes }),
  });
};

describe('runDeployment of an image that was put back under another tag', () => {
  it.each([
    ['rolled-back', 'DeploymentRolledBack'],
    ['failed', 'RollbackFailed'],
  ] as const)('ends as that: %s', async (outcome, error) => {
    await keep({ outcome, error } as Partial<DeploymentRecord>);
    const message = `${rolledBackRecord().reason}; this push of v2 is of the very image that execution ${otherName} deployed as v2.0, deployment ${deploymentId}: redrive it to try again`;

    await expect(run()).rejects.toMatchObject({ name: error, message });

    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(`pushes/${second.eventId}/shop.json`)).toMatchObject({
      outcome,
      reason: message,
      deploymentId,
    });
  });

  it.each([
    ['a redrive, which is a person’s word', () => run({ redriveCount: 1 })],
    ['an execution that a person named', () => run({ executionName: 'by-kim' })],
    ['what a person forces', () => run({}, { force: true })],
    ['a push from after it was known', () => run({}, { pushedAt: '2026-09-01T10:05:00Z' })],
    ['what the sweep found', () => run({}, { eventId: 'sweep-1-222222222222' })],
    [
      'an image of the same beginning',
      async () => {
        await keep({ release: release({ digest: `sha256:${'2'.repeat(12)}${'3'.repeat(52)}` }) });
        return run();
      },
    ],
    [
      'what made room for a newer image, which is gone by now',
      async () => {
        await keep({ outcome: 'superseded', error: 'ReleaseSuperseded' });
        return run();
      },
    ],
    [
      'another image',
      async () => {
        await keep({ release: release({ digest: digestOf('4') }) });
        return run();
      },
    ],
    [
      'an image whose record cannot be read',
      async () => {
        scene.records.forget(`deployments/${deploymentId}/record.json`);
        return run();
      },
    ],
  ])('deploys %s', async (_, start) => {
    await expect(start()).resolves.toMatchObject({ state: 'created' });
  });
});
