import { runDeployment } from '../../../functions/run-deployment/step.ts';
import type { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { releaseRequest } from '../../support/builders/releases.ts';
import { trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { hookNamePrefix } from '../../support/builders/traffic.ts';

/** Where the outcome of the push is recorded. */
export const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;

/** The id that the scene's CodeDeploy gives to the first deployment that is created. */
export const created = 'd-CREATED01';

export const tokenKey = (deploymentId: string) => `deployments/${deploymentId}/task-token.json`;

/** Runs the step once in the scene, for a tracked deployment with these changes. */
export const runIn = (
  scene: BlueGreenScene,
  changes: Parameters<typeof trackedDeployment>[0] = {},
) => runDeployment(trackedDeployment(changes), Object.assign(scene, { hookNamePrefix }));
