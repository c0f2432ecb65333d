import { TransientAwsError } from '../errors.ts';
import type {
  BalancerInspection,
  InspectedBalancer,
  InspectedForwarding,
  InspectedListener,
  InspectedTargetGroup,
} from '../ports/balancer-inspection.ts';
import type { Clock } from '../ports/clock.ts';
import type { BalancerSettings, Kept } from './balancer-settings.ts';

export interface SparingSources {
  /** Gives a throttled call up at once. */
  readonly once: BalancerInspection;
  /** Repeats it for as long as there is time. */
  readonly patient: BalancerInspection;
  readonly kept: BalancerSettings;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Settings of the load balancing that are asked for once; where that is throttled they are those of an earlier release, and only without
 * any the call is repeated. Weights are always those of now. Remembers what it was answered for the release after this.
 */
export class SparingInspection implements BalancerInspection {
  readonly #sources: SparingSources;
  readonly #settings: { readonly [Name in keyof BalancerSettings]: Map<string, Kept<unknown>> };
  #usedKept = false;

  constructor(sources: SparingSources) {
    this.#sources = sources;
    const { listeners, loadBalancers, targetGroups, deregistrationDelays } = sources.kept;
    this.#settings = {
      listeners: new Map(Object.entries(listeners)),
      loadBalancers: new Map(Object.entries(loadBalancers)),
      targetGroups: new Map(Object.entries(targetGroups)),
      deregistrationDelays: new Map(Object.entries(deregistrationDelays)),
    };
  }

  /** Whether an answer was of an earlier release, so that a finding against it must be made anew. */
  get usedKept(): boolean {
    return this.#usedKept;
  }

  /** Everything that is known, the newest answer to each question. */
  settings(): BalancerSettings {
    const { listeners, loadBalancers, targetGroups, deregistrationDelays } = this.#settings;
    // Each map has only what was put in under its own name.
    return {
      listeners: Object.fromEntries(listeners),
      loadBalancers: Object.fromEntries(loadBalancers),
      targetGroups: Object.fromEntries(targetGroups),
      deregistrationDelays: Object.fromEntries(deregistrationDelays),
    } as BalancerSettings;
  }

  forwardings(listenerArn: string): Promise<InspectedForwarding[]> {
    return this.#sources.patient.forwardings(listenerArn);
  }

  listeners(listenerArns: readonly string[]): Promise<InspectedListener[]> {
    return this.#ask(
      'listeners',
      listenerArns,
      (inspection) => inspection.listeners(listenerArns),
      ({ arn }) => arn,
    );
  }

  async loadBalancer(loadBalancerArn: string): Promise<InspectedBalancer | undefined> {
    const ask = async (inspection: BalancerInspection) => {
      const found = await inspection.loadBalancer(loadBalancerArn);
      return found === undefined ? [] : [found];
    };
    const [found] = await this.#ask('loadBalancers', [loadBalancerArn], ask, ({ arn }) => arn);
    return found;
  }

  targetGroups(names: readonly string[]): Promise<InspectedTargetGroup[]> {
    return this.#ask(
      'targetGroups',
      names,
      (inspection) => inspection.targetGroups(names),
      ({ name }) => name,
    );
  }

  async deregistrationDelaySeconds(targetGroupArn: string): Promise<number> {
    const ask = async (inspection: BalancerInspection) => [
      await inspection.deregistrationDelaySeconds(targetGroupArn),
    ];
    const delays = await this.#ask(
      'deregistrationDelays',
      [targetGroupArn],
      ask,
      () => targetGroupArn,
    );
    return delays[0] as number;
  }

  async #ask<T>(
    name: keyof BalancerSettings,
    keys: readonly string[],
    ask: (inspection: BalancerInspection) => Promise<T[]>,
    keyOf: (found: T) => string,
  ): Promise<T[]> {
    const { once, patient, clock } = this.#sources;
    const settings = this.#settings[name] as Map<string, Kept<T>>;
    let found: T[];
    try {
      found = await ask(once);
    } catch (error) {
      if (!(error instanceof TransientAwsError)) throw error;
      const kept = keys.flatMap((key) => settings.get(key) ?? []);
      if (kept.length === keys.length) {
        this.#usedKept = true;
        return kept.map(({ value }) => value);
      }
      found = await ask(patient);
    }
    const readAt = new Date(clock.now()).toISOString();
    for (const key of keys) settings.delete(key);
    for (const value of found) settings.set(keyOf(value), { value, readAt });
    return found;
  }
}
