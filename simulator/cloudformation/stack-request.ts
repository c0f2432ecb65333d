import type { DeploymentConfig, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../core/aws-error.ts';
import type { CallContext } from '../wire/operation.ts';
import type { Stack, StackOptions, StackTag } from './model.ts';
import { validationError } from './validation-error.ts';

/** What CreateStack, UpdateStack and CreateChangeSet have in common besides the template. */
export interface StackRequest {
  readonly Parameters?: Parameter[] | undefined;
  readonly Tags?: Tag[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
  /** Kept and shown; nobody is notified. */
  readonly NotificationARNs?: readonly string[] | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** Parameter values by name, previous ones filled in. Throws AwsError ValidationError. */
export function givenParameters(
  parameters: readonly Parameter[] = [],
  existing?: Stack,
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const { ParameterKey = '', ParameterValue, UsePreviousValue } of parameters) {
    if (Object.hasOwn(given, ParameterKey)) {
      throw validationError(`Duplicate parameter ${ParameterKey} found`);
    }
    if (!UsePreviousValue) {
      if (ParameterValue === undefined) {
        throw validationError(`Parameter ${ParameterKey} must have a value`);
      }
      given[ParameterKey] = ParameterValue;
      continue;
    }
    if (ParameterValue !== undefined) {
      throw validationError(
        `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    }
    const previous = existing?.parameters.find(({ name }) => name === ParameterKey);
    if (!previous) {
      throw validationError(
        `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }
    given[ParameterKey] = previous.value;
  }
  return given;
}

/** What the request sets; a member that is left out stays as it was. */
export function stackOptions(
  request: StackRequest,
  { caller }: CallContext,
): Partial<StackOptions> {
  const { Tags, Capabilities, RoleARN, NotificationARNs, ClientRequestToken } = request;
  return {
    caller,
    clientRequestToken: ClientRequestToken,
    capabilities: Capabilities ?? [],
    ...(Tags && { tags: stackTags(Tags) }),
    ...(NotificationARNs && { notificationArns: NotificationARNs }),
    ...(RoleARN !== undefined && { roleArn: RoleARN }),
  };
}

/** Whether rollback is disabled by one of its two members. Throws AwsError NotImplemented for express deployments. */
export function rollbackDisabled(request: {
  readonly DisableRollback?: boolean | undefined;
  readonly DeploymentConfig?: DeploymentConfig | undefined;
}): boolean | undefined {
  const { DisableRollback, DeploymentConfig } = request;
  refuseExpress(DeploymentConfig);
  return DisableRollback ?? DeploymentConfig?.DisableRollback;
}

/** Throws AwsError NotImplemented: every operation waits until its resources are ready. */
export function refuseExpress(config: DeploymentConfig | undefined): void {
  if (config?.Mode !== 'EXPRESS') return;
  throw new AwsError('NotImplemented', 'DeploymentConfig.Mode EXPRESS is not simulated', {
    status: 400,
  });
}

function stackTags(tags: readonly Tag[]): StackTag[] {
  if (tags.length > 50) throw validationError('Number of tags exceeds the limit of 50');
  return tags.map(({ Key = '', Value = '' }) => {
    if (/^aws:/i.test(Key)) {
      throw validationError('aws: prefixed tag key names are not allowed for external use.');
    }
    return { Key, Value };
  });
}

const namePattern = /^[a-zA-Z][-a-zA-Z0-9]*$/;

/** Throws AwsError ValidationError for a name that no stack can have. */
export function checkStackName(name: string): void {
  const refuse = (rule: string) =>
    validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${rule}`,
    );
  if (!namePattern.test(name)) {
    throw refuse('Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
  }
  if (name.length > 128) throw refuse('Member must have length less than or equal to 128');
}
