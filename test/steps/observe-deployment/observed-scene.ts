import type { DeploymentRecord } from '../../../functions/core/deployment/deployment-record.ts';
import type { DeploymentEventState } from '../../../functions/core/events/deployment-state-change.ts';
import { observeDeployment } from '../../../functions/observe-deployment/step.ts';
import { BlueGreenScene, deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { releaseRequest } from '../../support/builders/releases.ts';
import { ownDescription, trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';

export const recordKey = `deployments/${deploymentId}/record.json`;
export const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;

/** A deployment of Greengate's own whose task waits with `token-1`. */
export async function observedScene(): Promise<BlueGreenScene> {
  const scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, { description: ownDescription });
  await scene.records.write(`deployments/${deploymentId}/task-token.json`, trackedDeployment());
  return scene;
}

/** Delivers a state change of a deployment. */
export function observe(
  scene: BlueGreenScene,
  id: string = deploymentId,
  state: DeploymentEventState = 'FAILURE',
) {
  return observeDeployment(
    {
      kind: 'state-change',
      eventId: 'event-1',
      deploymentId: id,
      state,
      application: 'shop',
      deploymentGroup: 'shop',
    },
    scene,
  );
}

export function storedRecord(scene: BlueGreenScene): DeploymentRecord {
  return scene.records.stored(recordKey) as DeploymentRecord;
}

/** AfterAllowTestTraffic failed and the rollback is where `rollbackStatus` says; returns the reason. */
export async function failAfterTestTraffic(
  scene: BlueGreenScene,
  rollbackStatus = 'Succeeded',
): Promise<string> {
  const sentence = 'GET /products: expected status 200, got status 500 in 20 of 20 responses';
  scene.deployments.change(deploymentId, {
    status: 'Failed',
    error: { code: 'HOOK_EXECUTION_FAILURE', message: 'A function failed.' },
    rollbackDeploymentId: rollbackId,
  });
  scene.deployments.targets.set(
    deploymentId,
    deploymentTarget({ Install: 'Succeeded', AfterAllowTestTraffic: 'Failed' }, [
      taskSetLine('Blue', 'shop-blue'),
      taskSetLine('Green', 'shop-green'),
    ]),
  );
  scene.deployments.add({
    deploymentId: rollbackId,
    status: rollbackStatus,
    creator: 'codeDeployRollback',
    rollbackTriggeringDeploymentId: deploymentId,
  });
  scene.setTaskSets(scene.original);
  await scene.records.write(
    `deployments/${deploymentId}/hooks/AfterAllowTestTraffic.json`,
    hookReport({ verdict: 'fail', sentence }),
  );
  return `AfterAllowTestTraffic failed: ${sentence}`;
}

function taskSetLine(label: 'Blue' | 'Green', targetGroupName: string) {
  return {
    taskSetId: `ecs-svc/${label}`,
    label,
    status: 'ACTIVE',
    trafficWeight: 0,
    targetGroupName,
  };
}
