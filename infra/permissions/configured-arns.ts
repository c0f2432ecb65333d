import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Config } from '../../functions/core/config/schema.ts';
import { isCodeDeployTarget, isRollingTarget } from '../../functions/core/config/strategy-of.ts';
import type { CodeDeployTarget } from '../../functions/core/config/target-schema.ts';
import { lineSwitchPrefix } from '../../functions/core/gates/line-switch-parameters.ts';
import type { HookLifecycleEvent } from '../../functions/core/lifecycle-events.ts';
import { hookNamePrefix, stateMachineName } from '../names.ts';
import { customCheckEvents } from './configured-checks.ts';
import { configuredSecrets, rollingSecrets, type SecretArns } from './configured-secrets.ts';

/** ARNs of everything the configuration names, so that roles list resources instead of wildcards. */
export interface ConfiguredArns {
  readonly repositories: readonly string[];
  readonly services: readonly string[];
  readonly clusters: readonly string[];
  readonly applications: readonly string[];
  readonly deploymentGroups: readonly string[];
  /** Deployment groups of services whose deployments wait for a person's approval. */
  readonly approvalGroups: readonly string[];
  readonly rollingServices: readonly string[];
  /** `*` below each rolling service. */
  readonly serviceDeployments: readonly string[];
  /** `*` below each rolling service. */
  readonly serviceRevisions: readonly string[];
  /** `*` below each configured cluster. */
  readonly tasks: readonly string[];
  readonly taskDefinitions: string;
  readonly deploymentConfigs: string;
  readonly alarms: readonly string[];
  /** What the checks of each lifecycle event refer to. */
  readonly secrets: Readonly<Record<HookLifecycleEvent, SecretArns>>;
  /** No ARNs: lifecycle events whose hook runs checks of the user's own. */
  readonly customCheckEvents: readonly HookLifecycleEvent[];
  /** What the checks of rolling services refer to. */
  readonly rollingSecrets: SecretArns;
  /** `*`: which keys encrypt the secrets is not in the configuration. */
  readonly anyKey: string;
  /** `*` each: what running task definitions refer to is not in the configuration. */
  readonly anyRepository: string;
  readonly anyRole: string;
  readonly anySecret: string;
  /** `*` below each configured cluster. */
  readonly containerInstances: readonly string[];
  readonly hookFunctions: string;
  /** `*`: where containers log is not in the configuration. */
  readonly anyLogStream: string;
  /** Parameters that stop the line, of each service and of all. */
  readonly lineSwitches: readonly string[];
  /** The state machine, for functions that it needs itself. */
  readonly workflow: string;
  /** `*` below the state machine. */
  readonly executions: string;
}

export function configuredArns(stack: Stack, config: Config): ConfiguredArns {
  const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat) =>
    stack.formatArn({ service, resource, resourceName, arnFormat });
  const slash = ArnFormat.SLASH_RESOURCE_NAME;
  const colon = ArnFormat.COLON_RESOURCE_NAME;
  const codeDeployed = config.services.map(({ target }) => target).filter(isCodeDeployTarget);
  const approved = config.services.filter(({ approval }) => approval.required);
  const groupArns = (targets: readonly CodeDeployTarget[]) =>
    unique(
      targets.map(({ application, deploymentGroup }) => `${application}/${deploymentGroup}`),
    ).map((name) => arn('codedeploy', 'deploymentgroup', name, colon));
  const rolled = unique(
    config.services
      .map(({ target }) => target)
      .filter(isRollingTarget)
      .map(({ cluster, service }) => `${cluster}/${service}`),
  );
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
    applications: unique(codeDeployed.map(({ application }) => application)).map((name) =>
      arn('codedeploy', 'application', name, colon),
    ),
    deploymentGroups: groupArns(codeDeployed),
    approvalGroups: groupArns(approved.map(({ target }) => target).filter(isCodeDeployTarget)),
    rollingServices: rolled.map((name) => arn('ecs', 'service', name, slash)),
    serviceDeployments: rolled.map((name) => arn('ecs', 'service-deployment', `${name}/*`, slash)),
    serviceRevisions: rolled.map((name) => arn('ecs', 'service-revision', `${name}/*`, slash)),
    tasks: each(
      (s) => `${s.target.cluster}/*`,
      (name) => arn('ecs', 'task', name, slash),
    ),
    taskDefinitions: arn('ecs', 'task-definition', '*:*', slash),
    deploymentConfigs: arn('codedeploy', 'deploymentconfig', '*', colon),
    alarms: unique(config.services.flatMap(alarmNames)).map((name) =>
      arn('cloudwatch', 'alarm', name, colon),
    ),
    secrets: configuredSecrets(stack, config),
    rollingSecrets: rollingSecrets(stack, config),
    customCheckEvents: customCheckEvents(config),
    anyKey: arn('kms', 'key', '*', slash),
    anyRepository: arn('ecr', 'repository', '*', slash),
    // IAM is global: its ARNs have no Region.
    anyRole: stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: '*' }),
    anySecret: arn('secretsmanager', 'secret', '*', colon),
    containerInstances: each(
      (s) => `${s.target.cluster}/*`,
      (name) => arn('ecs', 'container-instance', name, slash),
    ),
    anyLogStream: arn('logs', 'log-group', '*:log-stream:*', colon),
    lineSwitches: ['all', ...config.services.map(({ name }) => name)].map((name) =>
      // A name that begins with a slash follows `parameter` without another one.
      arn('ssm', 'parameter', `${lineSwitchPrefix.slice(1)}/${name}`, slash),
    ),
    workflow: arn('states', 'stateMachine', stateMachineName, colon),
    executions: arn('states', 'execution', `${stateMachineName}:*`, colon),
    hookFunctions: arn('lambda', 'function', `${hookNamePrefix}*`, colon),
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
