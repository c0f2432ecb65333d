import { itemsOf, memberAt, membersOf } from '../config/loose-value.ts';
import type {
  InspectedBalancer,
  InspectedListener,
  InspectedTargetGroup,
} from '../ports/balancer-inspection.ts';

/** An answer of Elastic Load Balancing, and when it was given. */
export interface Kept<T> {
  readonly value: T;
  /** ISO 8601. */
  readonly readAt: string;
}

/**
 * What preflight last read of a service's load balancing, member `settings` of `balancing/SERVICE.json`: where the API
 * throttles, preflight judges by it instead of standing in everybody's way (docs/reference/storm.md).
 */
export interface BalancerSettings {
  /** By ARN. */
  readonly listeners: Readonly<Record<string, Kept<InspectedListener>>>;
  /** By ARN. */
  readonly loadBalancers: Readonly<Record<string, Kept<InspectedBalancer>>>;
  /** By name. */
  readonly targetGroups: Readonly<Record<string, Kept<InspectedTargetGroup>>>;
  /** By target group ARN, in seconds. */
  readonly deregistrationDelays: Readonly<Record<string, Kept<number>>>;
}

export const noSettings: BalancerSettings = {
  listeners: {},
  loadBalancers: {},
  targetGroups: {},
  deregistrationDelays: {},
};

/** Settings change with infrastructure, not with releases; nothing is refused for what they say. */
export const settingsMaxAgeMs = 7 * 24 * 3_600_000;

/** Settings of a document read back, without those that are too old, of nobody's clock or not of their shape. */
export function parseBalancerSettings(document: unknown, nowMs: number): BalancerSettings {
  const settings = memberAt(document, 'settings');
  const kept = <T>(name: string, isOne: (value: unknown) => value is T) =>
    Object.fromEntries(
      membersOf(memberAt(settings, name)).filter((member): member is [string, Kept<T>] => {
        const [, one] = member;
        const readAt = memberAt(one, 'readAt');
        const ageMs = typeof readAt === 'string' ? nowMs - Date.parse(readAt) : Number.NaN;
        return Math.abs(ageMs) <= settingsMaxAgeMs && isOne(memberAt(one, 'value'));
      }),
    );
  return {
    listeners: kept('listeners', isListener),
    loadBalancers: kept('loadBalancers', isBalancer),
    targetGroups: kept('targetGroups', isTargetGroup),
    deregistrationDelays: kept('deregistrationDelays', (value) => typeof value === 'number'),
  };
}

function isListener(value: unknown): value is InspectedListener {
  return (
    haveType('string', value, ['arn', 'loadBalancerArn', 'protocol']) &&
    haveType('number', value, ['port'])
  );
}

function isBalancer(value: unknown): value is InspectedBalancer {
  return (
    haveType('string', value, ['arn', 'host', 'type', 'scheme', 'vpcId']) &&
    areTexts(value, ['subnetIds', 'securityGroupIds'])
  );
}

function isTargetGroup(value: unknown): value is InspectedTargetGroup {
  const texts = ['arn', 'name', 'protocol', 'protocolVersion', 'vpcId', 'targetType'] as const;
  const check = memberAt(value, 'healthCheck');
  return (
    haveType('string', value, texts) &&
    haveType('number', value, ['port']) &&
    areTexts(value, ['loadBalancerArns']) &&
    haveType('string', check, ['protocol', 'port']) &&
    haveType('number', check, [
      'intervalSeconds',
      'timeoutSeconds',
      'healthyThreshold',
      'unhealthyThreshold',
    ])
  );
}

function haveType(type: 'string' | 'number', value: unknown, names: readonly string[]): boolean {
  return names.every((name) => typeof memberAt(value, name) === type);
}

function areTexts(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => {
    const list = memberAt(value, name);
    return Array.isArray(list) && itemsOf(list).every((item) => typeof item === 'string');
  });
}
