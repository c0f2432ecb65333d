import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { parseDeploymentStateChange } from '../core/events/deployment-state-change.ts';
import { liveConcludeDeps } from './live-conclude-deps.ts';
import { observeDeployment } from './step.ts';

/** CodeDeploy state changes, delivered by EventBridge at best effort and perhaps twice (aws-facts 3.11). */
export const handler = lambdaEntry(parseDeploymentStateChange, (event, invocation) =>
  observeDeployment(event, liveConcludeDeps(invocation)),
);
