import type {
  CreateServiceCommandInput,
  DeploymentConfiguration,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { checkSimulated, invalidParameter, notSimulated } from '../service-rules.ts';

/** Refuses what a rolling service may not have, on AWS or here. Throws AwsError. */
export function checkRollingService(
  input: CreateServiceCommandInput | UpdateServiceCommandInput,
): void {
  checkConfiguration(input.deploymentConfiguration);
  checkSimulated(input);
}

function checkConfiguration(configuration: DeploymentConfiguration | undefined): void {
  if (!configuration) return;
  const { strategy, bakeTimeInMinutes, lifecycleHooks } = configuration;
  if (strategy !== undefined && strategy !== 'ROLLING') {
    throw notSimulated(`deployment strategy ${strategy} (only ROLLING)`);
  }
  if (bakeTimeInMinutes) throw notSimulated('bakeTimeInMinutes of a ROLLING deployment');
  if ((lifecycleHooks ?? []).length > 0) throw notSimulated('lifecycleHooks');
  for (const member of ['linearConfiguration', 'canaryConfiguration'] as const) {
    if (configuration[member]) throw notSimulated(`deploymentConfiguration.${member}`);
  }
}

/**
 * The bounds of a whole configuration, after an update was merged in, as badmintoncryer/cdk-preflight measured
 * them (rule pf-ecs-service-deployment-percent; but for the first, the words are ours). Throws AwsError
 * InvalidParameterException.
 */
export function checkBounds({
  minimumHealthyPercent,
  maximumPercent,
}: DeploymentConfiguration): void {
  if (minimumHealthyPercent !== undefined && minimumHealthyPercent > 100) {
    throw invalidParameter('minimumHealthyPercent must be at most 100');
  }
  if (minimumHealthyPercent !== undefined && minimumHealthyPercent < 0) {
    throw invalidParameter('minimumHealthyPercent must be at least 0');
  }
  if (maximumPercent !== undefined && maximumPercent < 100) {
    throw invalidParameter('maximumPercent must be at least 100');
  }
  if (minimumHealthyPercent === 100 && maximumPercent === 100) {
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  }
}
