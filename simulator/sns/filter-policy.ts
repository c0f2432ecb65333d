import { AwsError } from '../core/aws-error.ts';
import { compilePattern } from '../events/event-pattern.ts';
import type { Notification, NotificationAttribute } from './topic.ts';

export type MessageFilter = (notification: Notification) => boolean;

/**
 * Compiles a filter policy, whose operators are those of event patterns (SNS guide, "Amazon SNS subscription filter
 * policies"). Scope `MessageAttributes` takes no nested keys. Throws AwsError InvalidParameterException.
 */
export function compileFilterPolicy(text: string, scope: string): MessageFilter {
  let matches: ReturnType<typeof compilePattern>;
  try {
    matches = compilePattern(text);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw refused(`FilterPolicy: ${error.message.replace(/^.*Reason: /, '')}`);
  }
  const policy = JSON.parse(text) as Record<string, unknown>;
  if (Object.keys(policy).length > 5) {
    throw refused('FilterPolicy: Filter policy can not have more than 5 keys');
  }
  if (combinationsOf(policy) > 150) throw refused('FilterPolicy: Filter policy is too complex');
  if (scope === 'MessageBody') return ({ message }) => matchesBody(matches, message);
  if (scope !== 'MessageAttributes') {
    throw refused(
      `FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
    );
  }
  const nested = Object.values(policy).some((one) => !Array.isArray(one));
  if (nested) {
    throw refused('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  return ({ attributes = {} }) => matches(fieldsOf(attributes));
}

/** Values of each key times its depth, multiplied over all keys (SNS guide, filter policy constraints). */
function combinationsOf(policy: object, depth = 1): number {
  return Object.entries(policy).reduce((product, [key, value]) => {
    if (key === '$or' && Array.isArray(value)) {
      return (
        product * value.reduce((sum: number, one: object) => sum + combinationsOf(one, depth), 0)
      );
    }
    if (Array.isArray(value)) return product * value.length * depth;
    return product * combinationsOf(value as object, depth + 1);
  }, 1);
}

function matchesBody(matches: (event: Record<string, unknown>) => boolean, text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return (
      typeof body === 'object' &&
      body !== null &&
      !Array.isArray(body) &&
      matches(body as Record<string, unknown>)
    );
  } catch {
    // A body that is not JSON fits no policy.
    return false;
  }
}

/** Binary attributes are not matched. */
function fieldsOf(
  attributes: Readonly<Record<string, NotificationAttribute>>,
): Record<string, unknown> {
  const fields = Object.entries(attributes).flatMap(([name, { DataType = '', StringValue }]) => {
    if (StringValue === undefined) return [];
    if (DataType === 'String.Array') return [[name, listOf(StringValue)]];
    return [[name, DataType.startsWith('Number') ? Number(StringValue) : StringValue]];
  });
  return Object.fromEntries(fields);
}

function listOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refused(reason: string): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `Invalid parameter: Attributes Reason: ${reason}`,
  );
}
