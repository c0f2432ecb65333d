import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import {
  areFresh,
  type BalancerFacts,
  balancerFactsKey,
  parseBalancerFacts,
} from './balancer-facts.ts';

/** What preflight found of the service lately; undefined where that is not known, which costs calls only (design D2). */
export async function readBalancerFacts(
  service: string,
  deps: { readonly records: Pick<Records, 'read'>; readonly clock: Clock; readonly log: Log },
): Promise<BalancerFacts | undefined> {
  const { records, clock, log } = deps;
  try {
    const facts = parseBalancerFacts(await records.read(balancerFactsKey(service)));
    return facts !== undefined && areFresh(facts, clock.now()) ? facts : undefined;
  } catch (error) {
    log.warn('balancer facts unreadable', { service, error });
    return undefined;
  }
}
