import type { BlueGreenDeploymentConfiguration } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

const longestTerminationWaitMinutes = 2880;

/**
 * Checks and completes blueGreenDeploymentConfiguration; sentences as badmintoncryer/cdk-preflight measured
 * them with AWS (rules pf-codedeploy-dg-*), those of ECS alone are ours.
 */
export function readBlueGreen(
  given: BlueGreenDeploymentConfiguration | undefined,
): BlueGreenDeploymentConfiguration {
  if (!given) {
    throw invalid('For ECS deployment group, blueGreenDeploymentConfiguration must be specified');
  }
  const termination = given.terminateBlueInstancesOnDeploymentSuccess;
  const ready = given.deploymentReadyOption;
  if (!termination && !ready) {
    throw invalid(
      'For ECS deployment group, terminateBlueInstancesOnDeploymentSuccess and deploymentReadyOption must be specified',
    );
  }
  if (!ready) throw invalid('Deployment ready option cannot be null for blue green deployment');
  if (!termination) {
    throw invalid(
      'Terminate blue instances on deployment success behaviour cannot be set to null for Blue Green deployments',
    );
  }
  return {
    terminateBlueInstancesOnDeploymentSuccess: readTermination(termination),
    deploymentReadyOption: readReadyOption(ready),
  };
}

function readTermination({
  action,
  terminationWaitTimeInMinutes: waitMinutes = 0,
}: NonNullable<BlueGreenDeploymentConfiguration['terminateBlueInstancesOnDeploymentSuccess']>) {
  if (waitMinutes > longestTerminationWaitMinutes) {
    throw invalid('Timeout for instance termination cannot be more than 2 days');
  }
  if (waitMinutes < 0) {
    throw invalid(`terminationWaitTimeInMinutes must not be negative: ${waitMinutes}`);
  }
  // Refused on ECS in practice (aws-facts 3.7).
  if (action === 'KEEP_ALIVE') {
    throw invalid('For ECS deployment group, KEEP_ALIVE is not a valid action for blue instances');
  }
  return { action: 'TERMINATE', terminationWaitTimeInMinutes: waitMinutes } as const;
}

function readReadyOption({
  actionOnTimeout = 'CONTINUE_DEPLOYMENT',
  waitTimeInMinutes = 0,
}: NonNullable<BlueGreenDeploymentConfiguration['deploymentReadyOption']>) {
  if (actionOnTimeout !== 'CONTINUE_DEPLOYMENT' && actionOnTimeout !== 'STOP_DEPLOYMENT') {
    throw invalid(
      `Deployment ready action must be CONTINUE_DEPLOYMENT or STOP_DEPLOYMENT, not ${actionOnTimeout}`,
    );
  }
  if (actionOnTimeout === 'CONTINUE_DEPLOYMENT' && waitTimeInMinutes > 0) {
    throw invalid(
      "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
    );
  }
  if (actionOnTimeout === 'STOP_DEPLOYMENT' && waitTimeInMinutes <= 0) {
    throw invalid(
      'Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes.',
    );
  }
  return { actionOnTimeout, waitTimeInMinutes };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidBlueGreenDeploymentConfigurationException', message);
}
