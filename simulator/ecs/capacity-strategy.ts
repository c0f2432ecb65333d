import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import { invalidParameter } from './service-rules.ts';

/** Those that every account has. */
export const fargateProviders = ['FARGATE', 'FARGATE_SPOT'] as const;

const mostProviders = 20;

/**
 * Throws AwsError InvalidParameterException for a strategy that a cluster or RunTask cannot take; sentences as
 * badmintoncryer/cdk-preflight measured them with AWS (rules pf-ecs-svc-capacity-provider-*).
 */
export function checkStrategy(
  strategy: readonly CapacityProviderStrategyItem[],
  associated: readonly string[],
): void {
  if (strategy.length > mostProviders) {
    throw invalidParameter(
      `A capacity provider strategy can contain a maximum of ${mostProviders} capacity providers.`,
    );
  }
  if (strategy.some(({ capacityProvider = '' }) => !associated.includes(capacityProvider))) {
    throw invalidParameter(
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
    );
  }
  for (const { base = 0, weight = 0 } of strategy) {
    if (base < 0 || base > 100_000) throw invalidParameter('base must be between 0 and 100000.');
    if (weight < 0 || weight > 1_000) throw invalidParameter('weight must be between 0 and 1000.');
  }
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1) {
    throw invalidParameter(
      'There are multiple capacity providers in the specified capacity provider strategy with a base value greater than zero. Only one capacity provider can have a base value greater than zero. Specify a valid capacity provider strategy and try again.',
    );
  }
  if (strategy.length > 0 && strategy.every(({ weight = 0 }) => weight === 0)) {
    throw invalidParameter(
      'There are no capacity providers in the capacity provider strategy with a weight value greater than zero. Specify a weight value greater than zero for at least one capacity provider and try again.',
    );
  }
}

/** Provider of each task: the base first, then by weight, the one that is furthest behind (API reference). */
export function spread(strategy: readonly CapacityProviderStrategyItem[], count: number): string[] {
  const items = strategy.map(({ capacityProvider: name = '', base = 0, weight = 0 }) => ({
    name,
    base,
    weight,
    above: 0,
  }));
  return Array.from({ length: count }, () => {
    const based = items.find(({ base }) => base > 0);
    if (based) {
      based.base--;
      return based.name;
    }
    const next = items
      .filter(({ weight }) => weight > 0)
      .reduce((a, b) => ((b.above + 1) / b.weight < (a.above + 1) / a.weight ? b : a));
    next.above++;
    return next.name;
  });
}
