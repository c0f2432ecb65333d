import type { SocketAddress, TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { HostMetrics } from './host-metrics.ts';
import type { LoadBalancers } from './load-balancers.ts';
import {
  closeTunnels,
  nameOf,
  newlyRegistered,
  type RegisteredTarget,
  type TargetKey,
  viewOf,
} from './registered-target.ts';
import { shareInSlowStart } from './slow-start.ts';
import type { TargetGroup } from './state.ts';
import { TargetChecks } from './target-checks.ts';
import { TargetChoice } from './target-choice.ts';
import { registering } from './target-health.ts';
import { TargetUsability, type UnusedTarget } from './target-usability.ts';
import { targetsForRequests } from './targets-for-requests.ts';

/** The targets of one group: registration, health checks, draining, and the choice of one per request. */
export class TargetRegistry {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #targets = new Map<string, RegisteredTarget>();
  readonly #observers = new Set<() => void>();
  readonly #metrics: HostMetrics;
  readonly #usability: TargetUsability;
  readonly #checks: TargetChecks;
  #inUse = false;
  readonly #choice = new TargetChoice();
  /** Targets that get requests; undefined once something changed. */
  #candidates: readonly RegisteredTarget[] | undefined;

  constructor(world: World, group: TargetGroup, balancers: LoadBalancers) {
    this.#world = world;
    this.#group = group;
    this.#usability = new TargetUsability(world, group, balancers);
    this.#metrics = new HostMetrics(world, group, () => this.health());
    this.#checks = new TargetChecks(world, group, {
      all: () => [...this.#targets.values()],
      isChecked: (target) => this.#inUse && this.#targets.get(nameOf(target)) === target,
      isUnusable: (target) => this.#unusable(target) !== undefined,
      changed: (target) => this.#changed(target),
      checked: () => this.#metrics.checked(),
    });
  }

  get size(): number {
    return this.#targets.size;
  }

  /** Targets that get requests. */
  get receiving(): number {
    this.#candidates ??= this.#mayGetRequests();
    return this.#candidates.length;
  }

  /** Registering again only renews the address; a draining target starts over. */
  register(key: TargetKey, address?: SocketAddress): void {
    const known = this.#targets.get(nameOf(key));
    if (known?.phase === 'registered') {
      known.address = address ?? known.address;
      return;
    }
    known?.cancelTimer();
    const target = newlyRegistered(key, address, known);
    this.#targets.set(nameOf(key), target);
    this.#changed(target);
    if (this.#inUse) this.#checks.schedule(target);
  }

  /**
   * A group without load balancer has no connections to drain. `waiting` is for deregistrations that somebody
   * asked for: time jumps over the delay; the end of a service's tasks is nothing that anybody waits for.
   */
  deregister(key: TargetKey, kind: 'waiting' | 'background' = 'background'): void {
    const target = this.#targets.get(nameOf(key));
    if (target?.phase !== 'registered') return;
    target.cancelTimer();
    target.phase = 'draining';
    const delaySeconds = Number(
      this.#group.attributes.get('deregistration_delay.timeout_seconds') ?? 300,
    );
    if (!this.#inUse || delaySeconds === 0) {
      this.#remove(target);
      return;
    }
    target.cancelTimer = this.#world.clock.schedule(
      delaySeconds * 1_000,
      () => this.#remove(target),
      kind,
    );
    this.#changed(target);
  }

  /** Checks run exactly while some listener or rule names the group, at any weight (aws-facts 4.3). */
  setInUse(inUse: boolean): void {
    if (this.#inUse === inUse) return;
    this.#inUse = inUse;
    for (const target of this.#targets.values()) {
      if (target.phase === 'draining') continue;
      target.cancelTimer();
      target.health = { ...registering };
      this.#changed(target);
      if (inUse) this.#checks.schedule(target);
    }
  }

  health(): TargetHealth[] {
    return [...this.#targets.values()].map((target) => this.#view(target));
  }

  find(key: TargetKey): TargetHealth | undefined {
    const target = this.#targets.get(nameOf(key));
    return target && this.#view(target);
  }

  /** The target that a client is bound to, `ID:PORT`, as long as it gets requests; else the next one. */
  pick(bound?: string): RegisteredTarget | undefined {
    this.#candidates ??= this.#mayGetRequests();
    const stuck = bound === undefined ? undefined : this.#targets.get(bound);
    if (stuck && this.#candidates.includes(stuck)) return stuck;
    return this.#choice.next(
      this.#candidates,
      this.#group.attributes.get('load_balancing.algorithm.type'),
      shareInSlowStart(
        this.#group,
        this.#world.clock.now(),
        this.#world.settings.slowStartPercent / 100,
      ),
    );
  }

  /** Attributes changed: who gets requests is decided anew. */
  renew(): void {
    this.#candidates = undefined;
  }

  #mayGetRequests(): readonly RegisteredTarget[] {
    const usable = [...this.#targets.values()].filter(
      (target) => target.phase === 'registered' && !this.#unusable(target),
    );
    return targetsForRequests(this.#group, usable, this.#world.settings.failOpenToInitial);
  }

  addressOf(target: RegisteredTarget): SocketAddress | undefined {
    return this.#checks.addressOf(target);
  }

  onChange(changed: () => void): () => void {
    this.#observers.add(changed);
    return () => this.#observers.delete(changed);
  }

  stop(): void {
    this.#metrics.stop();
    for (const target of this.#targets.values()) {
      target.cancelTimer();
      closeTunnels(target);
    }
    this.#targets.clear();
    this.#candidates = undefined;
  }

  #unusable({ id, address }: RegisteredTarget): UnusedTarget | undefined {
    return this.#usability.unusable(id, address !== undefined);
  }

  /** Draining has come to its end: what is still connected is cut off. */
  #remove(target: RegisteredTarget): void {
    closeTunnels(target);
    this.#targets.delete(nameOf(target));
    this.#candidates = undefined;
    this.#metrics.changed();
    for (const changed of [...this.#observers]) changed();
  }

  #changed(target: RegisteredTarget): void {
    this.#candidates = undefined;
    const { state, reason } = this.#view(target);
    this.#world.journal.record('target.health', {
      targetGroupName: this.#group.name,
      target: nameOf(target),
      state,
      ...(reason !== undefined && { reason }),
    });
    this.#metrics.changed();
    for (const changed of [...this.#observers]) changed();
  }

  #view(target: RegisteredTarget): TargetHealth {
    return viewOf(target, this.#inUse, () => this.#unusable(target));
  }
}
