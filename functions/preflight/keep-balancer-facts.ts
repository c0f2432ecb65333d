import { type BalancerFacts, balancerFactsKey } from '../core/balancing/balancer-facts.ts';
import type { BalancerSettings } from '../core/balancing/balancer-settings.ts';
import type { ListenerAddress } from '../core/ports/load-balancing.ts';
import { SkipCheck } from '../core/preflight/skip-check.ts';
import type { TrafficFacts } from '../core/preflight/traffic/traffic-facts.ts';
import type { PushRecordDeps } from '../core/workflow/record-outcome.ts';

/** The readers that the checks have asked already: none of them calls AWS again. */
type BalancerReaders = Pick<TrafficFacts, 'listeners' | 'loadBalancer' | 'targetGroups'>;

/**
 * Leaves what the checks read of the load balancing to the hooks, which then ask for weights and health alone, and to the
 * next release. Where it cannot be told or kept they ask for everything.
 */
export async function keepBalancerFacts(
  service: string,
  readers: BalancerReaders,
  settings: BalancerSettings,
  { records, clock, log }: PushRecordDeps,
): Promise<void> {
  try {
    const [listeners, { host }, groups] = await Promise.all([
      readers.listeners(),
      readers.loadBalancer(),
      readers.targetGroups(),
    ]);
    const addresses = listeners.flatMap(({ arn, protocol, port }): [string, ListenerAddress][] =>
      // A hook says what is wrong with any other.
      protocol === 'HTTP' || protocol === 'HTTPS' ? [[arn, { protocol, port, host }]] : [],
    );
    const facts: BalancerFacts & { readonly settings: BalancerSettings } = {
      listeners: Object.fromEntries(addresses),
      targetGroups: groups.map(({ arn, name }) => ({ arn, name })),
      recordedAt: new Date(clock.now()).toISOString(),
      settings,
    };
    await records.write(balancerFactsKey(service), facts);
  } catch (error) {
    if (!(error instanceof SkipCheck)) log.warn('balancer facts not kept', { service, error });
  }
}
