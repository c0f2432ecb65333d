import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Config } from '../../functions/core/config/schema.ts';

/** ARNs of everything the configuration names, so that roles list resources instead of wildcards. */
export interface ConfiguredArns {
  readonly repositories: readonly string[];
  readonly services: readonly string[];
  readonly clusters: readonly string[];
  readonly applications: readonly string[];
  readonly deploymentGroups: readonly string[];
  /** `*` below each configured cluster. */
  readonly tasks: readonly string[];
  readonly taskDefinitions: string;
  readonly deploymentConfigs: string;
  readonly alarms: readonly string[];
}

export function configuredArns(stack: Stack, config: Config): ConfiguredArns {
  const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat) =>
    stack.formatArn({ service, resource, resourceName, arnFormat });
  const slash = ArnFormat.SLASH_RESOURCE_NAME;
  const colon = ArnFormat.COLON_RESOURCE_NAME;
  const each = (name: (service: Config['services'][number]) => string, toArn: typeof identity) =>
    unique(config.services.map(name)).map(toArn);
  return {
    repositories: each(
      (s) => s.image.repository,
      (name) => arn('ecr', 'repository', name, slash),
    ),
    services: each(
      (s) => `${s.target.cluster}/${s.target.service}`,
      (name) => arn('ecs', 'service', name, slash),
    ),
    clusters: each(
      (s) => s.target.cluster,
      (name) => arn('ecs', 'cluster', name, slash),
    ),
    applications: each(
      (s) => s.target.application,
      (name) => arn('codedeploy', 'application', name, colon),
    ),
    deploymentGroups: each(
      (s) => `${s.target.application}/${s.target.deploymentGroup}`,
      (name) => arn('codedeploy', 'deploymentgroup', name, colon),
    ),
    tasks: each(
      (s) => `${s.target.cluster}/*`,
      (name) => arn('ecs', 'task', name, slash),
    ),
    taskDefinitions: arn('ecs', 'task-definition', '*:*', slash),
    deploymentConfigs: arn('codedeploy', 'deploymentconfig', '*', colon),
    alarms: unique(config.services.flatMap(alarmNames)).map((name) =>
      arn('cloudwatch', 'alarm', name, colon),
    ),
  };
}

function alarmNames(service: Config['services'][number]): string[] {
  return Object.values(service.checks)
    .flat()
    .flatMap((check) => (check.type === 'alarms' ? check.names : []));
}

function identity(name: string): string {
  return name;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
