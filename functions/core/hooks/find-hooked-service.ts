import type { Config } from '../config/schema.ts';
import { type CodeDeployServiceConfig, isCodeDeployService } from '../config/strategy-of.ts';
import { InvalidConfigError } from '../errors.ts';
import type { Deployment } from '../ports/deployments.ts';

/** The configured service behind a deployment, by application and deployment group (design D6). */
export function findHookedService(config: Config, deployment: Deployment): CodeDeployServiceConfig {
  const { application, deploymentGroup, deploymentId } = deployment;
  const service = config.services
    .filter(isCodeDeployService)
    .find(
      ({ target }) =>
        target.application === application && target.deploymentGroup === deploymentGroup,
    );
  if (service === undefined) {
    throw new InvalidConfigError(
      `Cannot judge deployment ${deploymentId}: greengate.yaml has no service with application "${application}" and deployment group "${deploymentGroup}"`,
    );
  }
  return service;
}
