import { InvalidConfigError } from '../errors.ts';
import type { ServiceConfig } from './schema.ts';
import type { CodeDeployTarget, RollingTarget, TargetConfig } from './target-schema.ts';

export type CodeDeployServiceConfig = ServiceConfig & { readonly target: CodeDeployTarget };
export type RollingServiceConfig = ServiceConfig & { readonly target: RollingTarget };

export function isRollingTarget(target: TargetConfig): target is RollingTarget {
  return target.strategy === 'ecs-rolling';
}

export function isCodeDeployTarget(target: TargetConfig): target is CodeDeployTarget {
  return target.strategy === 'codedeploy';
}

export function isRollingService(service: ServiceConfig): service is RollingServiceConfig {
  return isRollingTarget(service.target);
}

export function isCodeDeployService(service: ServiceConfig): service is CodeDeployServiceConfig {
  return isCodeDeployTarget(service.target);
}

/** The service as one that CodeDeploy deploys. Throws InvalidConfigError for another strategy. */
export function codeDeployService(service: ServiceConfig): CodeDeployServiceConfig {
  if (isCodeDeployService(service)) return service;
  throw wrongStrategy(service, 'codedeploy');
}

/** The service as one that ECS itself rolls out. Throws InvalidConfigError for another strategy. */
export function rollingService(service: ServiceConfig): RollingServiceConfig {
  if (isRollingService(service)) return service;
  throw wrongStrategy(service, 'ecs-rolling');
}

function wrongStrategy({ name, target }: ServiceConfig, expected: string): InvalidConfigError {
  return new InvalidConfigError(
    `Service "${name}" has target.strategy ${target.strategy}, expected ${expected} for this step: the configuration has changed while the release was under way, start it anew`,
  );
}
