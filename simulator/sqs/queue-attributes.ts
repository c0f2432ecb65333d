import { AwsError } from '../core/aws-error.ts';
import { hasSoundStatements } from '../iam/resource-policy-texts.ts';
import { redrivePolicy } from './redrive-policy.ts';

/** Attributes that can be set, all texts as the API carries them. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface NumberRule {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

/** Seconds, except MaximumMessageSize: bytes. */
const numbers: Readonly<Record<string, NumberRule>> = {
  VisibilityTimeout: { fallback: 30, min: 0, max: 43_200 },
  MessageRetentionPeriod: { fallback: 345_600, min: 60, max: 1_209_600 },
  DelaySeconds: { fallback: 0, min: 0, max: 900 },
  ReceiveMessageWaitTimeSeconds: { fallback: 0, min: 0, max: 20 },
  KmsDataKeyReusePeriodSeconds: { fallback: 300, min: 60, max: 86_400 },
  MaximumMessageSize: { fallback: 1_048_576, min: 1_024, max: 1_048_576 },
};

/** Kept and given back; encryption and access control change nothing within a rehearsal. */
const texts = new Set(['Policy', 'RedrivePolicy', 'KmsMasterKeyId']);

/** Attributes that take one of a few words, standard queues' first. */
const words: Readonly<Record<string, readonly string[]>> = {
  SqsManagedSseEnabled: ['true', 'false'],
  FifoQueue: ['true', 'false'],
  ContentBasedDeduplication: ['false', 'true'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};
const onlyFifo = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

/**
 * Checks attributes given by a client; empty ones take an attribute away. Throws AwsError `InvalidAttributeName`,
 * `InvalidAttributeValue` or, for the redrive policy, `InvalidParameterValue`.
 */
export function checkAttributes(attributes: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = numbers[name];
    const allowed = words[name];
    if (value === '' && texts.has(name)) continue;
    if (rule) checkNumber(name, value, rule);
    else if (allowed) checkWord(name, value, allowed, fifo);
    else if (name === 'RedriveAllowPolicy') checkAllowPolicy(value);
    else if (!texts.has(name)) {
      throw new AwsError(
        'InvalidAttributeName',
        `Unknown Attribute ${name}, or one that is not simulated`,
      );
    }
  }
  const { Policy } = attributes;
  if (Policy && !(parse(Policy) && hasSoundStatements(Policy))) throw badValue('Policy');
  redrivePolicy(attributes.RedrivePolicy);
}

/** True and false may be written in any case: Ansible's sqs_queue makes FIFO queues with `True`. */
export function plainWords(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      words[name]?.includes('true') && /^(true|false)$/i.test(value) ? value.toLowerCase() : value,
    ]),
  );
}

export function withoutEmpty(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

function checkWord(name: string, value: string, allowed: readonly string[], fifo: boolean): void {
  if (!allowed.includes(value)) throw badValue(name);
  if (fifo || !onlyFifo.includes(name) || value === allowed[0]) return;
  throw new AwsError(
    'InvalidAttributeName',
    `You can specify the ${name} only when FifoQueue is set to true.`,
  );
}

function checkAllowPolicy(text: string): void {
  if (text === '') return;
  const { redrivePermission, sourceQueueArns = null } = parse(text) ?? {};
  const listed = Array.isArray(sourceQueueArns) && sourceQueueArns.length <= 10;
  const fits = redrivePermission === 'byQueue' ? listed : sourceQueueArns === null;
  if (!['allowAll', 'denyAll', 'byQueue'].includes(String(redrivePermission)) || !fits) {
    throw badValue('RedriveAllowPolicy');
  }
}

function badValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function checkNumber(name: string, value: string, { min, max }: NumberRule): void {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw badValue(name);
  }
}

/** A numeric attribute or its default. */
export function attributeNumber(attributes: QueueAttributes, name: string): number {
  return Number(attributes[name] ?? numbers[name]?.fallback ?? 0);
}

/** All attributes with their defaults, as GetQueueAttributes shows them. */
export function withDefaults(attributes: QueueAttributes): Record<string, string> {
  const encrypted = attributes.KmsMasterKeyId !== undefined;
  const defaults = Object.entries(numbers)
    .filter(([name]) => encrypted || name !== 'KmsDataKeyReusePeriodSeconds')
    .map(([name, { fallback }]) => [name, `${fallback}`]);
  const fifo = attributes.FifoQueue === 'true';
  const shown = Object.entries(attributes).filter(
    ([name]) => fifo || (name !== 'FifoQueue' && !onlyFifo.includes(name)),
  );
  return {
    ...Object.fromEntries(defaults),
    SqsManagedSseEnabled: `${!encrypted}`,
    ...(fifo && Object.fromEntries(onlyFifo.map((name) => [name, words[name]?.[0] ?? '']))),
    ...Object.fromEntries(shown),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
