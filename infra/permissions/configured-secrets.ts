import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { SecretReference } from '../../functions/core/config/request-schemas.ts';
import type { CheckConfig, Config } from '../../functions/core/config/schema.ts';
import { isRollingService } from '../../functions/core/config/strategy-of.ts';
import type { HookLifecycleEvent } from '../../functions/core/lifecycle-events.ts';
import { configuredChecks } from './configured-checks.ts';

/** ARNs of what the checks of one lifecycle event refer to. */
export interface SecretArns {
  /** Of Secrets Manager; by name with `??????` for the suffix that it appends. */
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
}

/** Secrets and parameters by the hook that reads them, so that no other may. */
export function configuredSecrets(
  stack: Stack,
  config: Config,
): Readonly<Record<HookLifecycleEvent, SecretArns>> {
  const of = (lifecycleEvent: HookLifecycleEvent) =>
    arnsOf(stack, configuredChecks(config, lifecycleEvent).flatMap(references));
  return {
    BeforeInstall: of('BeforeInstall'),
    AfterInstall: of('AfterInstall'),
    AfterAllowTestTraffic: of('AfterAllowTestTraffic'),
    BeforeAllowTraffic: of('BeforeAllowTraffic'),
    AfterAllowTraffic: of('AfterAllowTraffic'),
  };
}

/** Those of all checks of rolling services, which one function carries out. */
export function rollingSecrets(stack: Stack, config: Config): SecretArns {
  const checks = config.services
    .filter(isRollingService)
    .flatMap((service) => Object.values(service.checks).flat());
  return arnsOf(stack, checks.flatMap(references));
}

function references(check: CheckConfig): SecretReference[] {
  return 'secrets' in check ? Object.values(check.secrets) : [];
}

function arnsOf(stack: Stack, all: readonly SecretReference[]): SecretArns {
  const secrets = all.flatMap((each) =>
    'secretsManager' in each
      ? [secretArn(stack, each.secretsManager)]
      : referencedSecret(stack, each.parameter),
  );
  const parameters = all.flatMap((each) =>
    'parameter' in each ? [parameterArn(stack, each.parameter)] : [],
  );
  return { secrets: [...new Set(secrets)], parameters: [...new Set(parameters)] };
}

function secretArn(stack: Stack, nameOrArn: string): string {
  // The API also takes an ARN without the suffix, IAM compares the whole.
  if (nameOrArn.startsWith('arn:')) {
    return /-[A-Za-z0-9]{6}$/.test(nameOrArn) ? nameOrArn : `${nameOrArn}-??????`;
  }
  return stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${nameOrArn}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Without the version or label that may follow the name: it is no part of the ARN. */
function parameterArn(stack: Stack, nameOrArn: string): string {
  const [, arn] = /^(arn:(?:[^:]*:){4}parameter\/[^:]+)/.exec(nameOrArn) ?? [];
  if (arn !== undefined) return arn;
  const [name = ''] = nameOrArn.split(':');
  return stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.replace(/^\//, ''),
  });
}

const secretByParameter = '/aws/reference/secretsmanager/';

/** Parameter Store reads a secret by reference with the caller's own permission for it. */
function referencedSecret(stack: Stack, parameter: string): string[] {
  return parameter.startsWith(secretByParameter)
    ? [secretArn(stack, parameter.slice(secretByParameter.length))]
    : [];
}
