import type { AwsError } from '../core/aws-error.ts';

/** Values of condition keys, e.g. `{ 'ecs:cluster': ARN }`; undefined ones are absent. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One action that a caller needs to be allowed for a request to be served. */
export interface NeededAction {
  /** Default: the service's prefix and the operation's name. */
  readonly action?: string;
  /** ARN, or `*` for actions without resource types. */
  readonly resource: string;
  readonly keys?: ConditionKeys;
  /** Policies of the resource itself, as JSON text. */
  readonly resourcePolicy?: string | undefined;
  /** Where the service has an error of its own for it. */
  readonly refusal?: AwsError;
}

/** Members of a request as read from the wire. */
export type RequestMembers = Readonly<Record<string, unknown>>;

/** What an operation needs, by its request (Service Authorization Reference, a page for each service). */
export type Needs = (
  input: RequestMembers,
  /** User or role that asks; absent where a service asks for itself. */
  callerArn?: string,
) => NeededAction | readonly NeededAction[];

export interface ServiceAuthorization {
  /** IAM's prefix of the service's actions: `elasticloadbalancing`. */
  readonly prefix: string;
  readonly operations: Readonly<Record<string, Needs>>;
}

/** Operations whose actions have no resource types. */
export function anyResource(...operations: readonly string[]): Record<string, Needs> {
  return Object.fromEntries(operations.map((name) => [name, () => ({ resource: '*' })]));
}

/** Keys of a call that a service makes for a principal: `cloudformation.amazonaws.com`. */
export function calledVia(service: string): ConditionKeys {
  return {
    'aws:CalledVia': [service],
    'aws:CalledViaFirst': service,
    'aws:CalledViaLast': service,
    'aws:ViaAWSService': 'true',
  };
}

/** Several operations that need their own action on the same resource. */
export function sameNeeds(needs: Needs, ...operations: readonly string[]): Record<string, Needs> {
  return Object.fromEntries(operations.map((name) => [name, needs]));
}

/** A member's text; empty for one that is absent. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A list member's texts. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A member of a structure, undefined along the way where there is none. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `aws:RequestTag/KEY` and `aws:TagKeys` of tags as services spell them: lists or maps. */
export function requestTagKeys(tags: unknown): Record<string, string | readonly string[]> {
  const pairs: [string, string][] = Array.isArray(tags)
    ? tags.map((tag) => [
        text(member(tag, 'Key') ?? member(tag, 'key')),
        text(member(tag, 'Value') ?? member(tag, 'value')),
      ])
    : Object.entries((tags ?? {}) as Record<string, string>);
  if (pairs.length === 0) return {};
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': pairs.map(([key]) => key),
  };
}

/**
 * The tag action that a creation with tags needs as well, on what it makes; none without tags. Conditions on
 * request tags count for both ("To be able to tag a topic on creation, you must have the sns:CreateTopic and
 * sns:TagResource permissions", API reference; the others say the same on CreateQueue, PutMetricAlarm, PutRule,
 * CreateSecret, CreateLogGroup and CreateBucket, Elastic Load Balancing on "tagging resources during creation",
 * and real denials name iam:TagRole, lambda:TagResource and ecr:TagResource).
 */
export function tagging(
  action: string,
  resource: string,
  tags: unknown,
  keys: ConditionKeys = {},
): NeededAction[] {
  const given = requestTagKeys(tags);
  return Object.keys(given).length === 0 ? [] : [{ action, resource, keys: { ...given, ...keys } }];
}

/** Tags that a request removes. */
export function tagKeys(keys: unknown): ConditionKeys {
  return { 'aws:TagKeys': texts(keys) };
}

/** `iam:PassRole` for each role that a request hands to a service. */
export function passRole(
  roles: readonly unknown[],
  service: string,
  keys: ConditionKeys = {},
): NeededAction[] {
  const arns = new Set(roles.map(text).filter((arn) => arn !== ''));
  return [...arns].map((resource) => ({
    action: 'iam:PassRole',
    resource,
    keys: { 'iam:PassedToService': service, ...keys },
  }));
}
