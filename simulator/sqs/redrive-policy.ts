import { AwsError } from '../core/aws-error.ts';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The queue's dead-letter rule; throws AwsError `InvalidParameterValue` in SQS's words, as public logs show them. */
export function redrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined;
  const policy = parse(text);
  if (!policy) throw refused(text, 'Redrive policy is not a valid JSON map.');
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn']) {
    if (policy[name] !== undefined) continue;
    throw refused(text, `Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const { maxReceiveCount, deadLetterTargetArn } = policy;
  if (!/^(?:[1-9]\d{0,2}|1000)$/.test(String(maxReceiveCount))) {
    throw refused(
      text,
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const target = String(deadLetterTargetArn);
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[\w.-]+$/.test(target)) {
    throw refused(text, 'Invalid value for deadLetterTargetArn.');
  }
  return { deadLetterTargetArn: target, maxReceiveCount: Number(maxReceiveCount) };
}

/** The dead-letter queue must be there, and FIFO where its source is. Throws AwsError `InvalidParameterValue`. */
export function checkDeadLetterQueue(
  text: string | undefined,
  fifo: boolean,
  exists: (queueArn: string) => boolean,
): void {
  const policy = redrivePolicy(text);
  if (text === undefined || policy === undefined) return;
  if (!exists(policy.deadLetterTargetArn)) {
    throw refused(text, 'Dead letter target does not exist.');
  }
  if (policy.deadLetterTargetArn.endsWith('.fifo') === fifo) return;
  throw refused(text, 'Dead-letter queue must be same type of queue as the source..');
}

function refused(text: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const map = typeof value === 'object' && value !== null && !Array.isArray(value);
    return map ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
