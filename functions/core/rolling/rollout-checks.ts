import type { CheckConfig, ServiceConfig } from '../config/schema.ts';
import { probeChecks, shortenCheck } from '../probe/shorten-check.ts';

/**
 * When the checks of the three lifecycle lists are carried out in a rolling update, so that a service keeps them when
 * it moves between the strategies:
 * - `before`: the probes of afterAllowTestTraffic, short, which what runs now must pass, as at BeforeInstall;
 * - `during`: the same against the mixture, from the first running task of the release on;
 * - `after`: all three lists in full once the rollout has ended;
 * - `bake`: the probes of all three, short, again and again until the bake is over.
 * `compare` needs two listeners, and a rolling update has one.
 */
export const rolloutPhases = ['before', 'during', 'after', 'bake'] as const;

export type RolloutPhase = (typeof rolloutPhases)[number];

export const phaseInWords: Readonly<Record<RolloutPhase, string>> = {
  before: 'before the rollout',
  during: 'during the rollout',
  after: 'after the rollout',
  bake: 'during the bake',
};

export function checksOfPhase(
  phase: RolloutPhase,
  { afterAllowTestTraffic, beforeAllowTraffic, afterAllowTraffic }: ServiceConfig['checks'],
): CheckConfig[] {
  const all = [...afterAllowTestTraffic, ...beforeAllowTraffic, ...afterAllowTraffic];
  switch (phase) {
    case 'before':
    case 'during':
      return probeChecks(afterAllowTestTraffic).map(shortenCheck);
    case 'after':
      return all.filter(({ type }) => type !== 'compare');
    case 'bake':
      return probeChecks(all).map(shortenCheck);
  }
}

/** Alarms that the checks name: looked at from the first task on, whatever their list. */
export function alarmChecks({ checks }: Pick<ServiceConfig, 'checks'>): CheckConfig[] {
  return Object.values(checks)
    .flat()
    .filter(({ type }) => type === 'alarms');
}

/** Checks that a rolling update cannot carry out, by name, so that the record says so. */
export function notJudged({ checks }: Pick<ServiceConfig, 'checks'>): string[] {
  return Object.values(checks)
    .flat()
    .flatMap((check) => (check.type === 'compare' ? [check.name ?? 'compare'] : []));
}
