import type { Deployment } from '../ports/deployments.ts';
import type { StopRequest } from './stop-request.ts';

/**
 * Whether CodeDeploy will roll this ended deployment back by its own configuration (aws-facts 3.2, 3.8). A
 * person may also ask for a rollback with StopDeployment, which no configuration shows; the link tells then. A
 * deployment that does not say what applies to it may well be rolled back.
 */
export function rollbackExpected(deployment: Deployment, stop?: StopRequest): boolean {
  const { status, error, rollbackEvents } = deployment;
  // Greengate always asks for the rollback, whatever the group is configured to.
  if (status === 'Stopped' && stop !== undefined) return true;
  if (rollbackEvents === undefined) {
    return status !== 'Succeeded';
  }
  if (status === 'Failed') {
    return rollbackEvents.includes('DEPLOYMENT_FAILURE');
  }
  if (status !== 'Stopped') {
    return false;
  }
  return rollbackEvents.includes(
    error?.code === 'ALARM_ACTIVE' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST',
  );
}
