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
  if (scope === 'MessageBody') return ({ message }) => matchesBody(matches, message);
  if (scope !== 'MessageAttributes') throw refused(`FilterPolicyScope: Invalid value [${scope}]`);
  const nested = Object.entries(JSON.parse(text) as object).some(([, one]) => !Array.isArray(one));
  if (nested) {
    throw new AwsError(
      'InvalidParameterException',
      'Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy',
    );
  }
  return ({ attributes = {} }) => matches(fieldsOf(attributes));
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
