import type { TimerKind } from '../core/clock.ts';
import type { SocketAddress, TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { probeTarget } from './health-probe.ts';
import { HostMetrics } from './host-metrics.ts';
import type { LoadBalancers } from './load-balancers.ts';
import { shareInSlowStart, slowStartOf } from './slow-start.ts';
import type { TargetGroup } from './state.ts';
import { TargetChoice } from './target-choice.ts';
import {
  afterProbe,
  checking,
  draining,
  type HealthRecord,
  isSettled,
  registering,
} from './target-health.ts';
import { notInUse, TargetUsability, type UnusedTarget } from './target-usability.ts';
import { targetsForRequests } from './targets-for-requests.ts';

export interface TargetKey {
  readonly id: string;
  readonly port: number;
}

export interface RegisteredTarget extends TargetKey {
  /** Told by ECS; targets registered through the API are looked up in the network. */
  address: SocketAddress | undefined;
  phase: 'registered' | 'draining';
  health: HealthRecord;
  /** What closes the WebSockets that are open to it. */
  readonly tunnels: Set<() => void>;
  /** Requests in flight. */
  outstanding: number;
  /** What it has saved up while targets have different shares. */
  credit: number;
  /** Virtual time at which slow start began; undefined for a target that gets its full share. */
  slowSinceMs: number | undefined;
  cancelTimer: () => void;
}

/** The targets of one group: registration, health checks, draining, and the choice of one per request. */
export class TargetRegistry {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #targets = new Map<string, RegisteredTarget>();
  readonly #observers = new Set<() => void>();
  readonly #metrics: HostMetrics;
  readonly #usability: TargetUsability;
  #inUse = false;
  readonly #choice = new TargetChoice();
  /** Targets that get requests; undefined once something changed. */
  #candidates: readonly RegisteredTarget[] | undefined;

  constructor(world: World, group: TargetGroup, balancers: LoadBalancers) {
    this.#world = world;
    this.#group = group;
    this.#usability = new TargetUsability(world, group, balancers);
    this.#metrics = new HostMetrics(world, group, () => this.health());
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
    const target: RegisteredTarget = {
      id: key.id,
      port: key.port,
      address,
      phase: 'registered',
      health: { ...registering },
      tunnels: known?.tunnels ?? new Set(),
      outstanding: known?.outstanding ?? 0,
      credit: 0,
      slowSinceMs: undefined,
      cancelTimer: () => {},
    };
    this.#targets.set(nameOf(key), target);
    this.#changed(target);
    if (this.#inUse) this.#scheduleCheck(target, this.#world.settings.firstHealthCheckMs);
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
      if (inUse) this.#scheduleCheck(target, this.#world.settings.firstHealthCheckMs);
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
    return target.address ?? this.#resolve(target.id, target.port);
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

  #scheduleCheck(
    target: RegisteredTarget,
    delayMs: number,
    kind: TimerKind = isSettled(target.health) ? 'background' : 'waiting',
  ): void {
    target.cancelTimer = this.#world.clock.schedule(delayMs, () => void this.#check(target), kind);
  }

  async #check(target: RegisteredTarget): Promise<void> {
    const check = this.#group.healthCheck;
    if (this.#unusable(target)) {
      this.#changed(target);
      this.#scheduleCheck(target, check.intervalSeconds * 1_000, 'background');
      return;
    }
    if (target.health.reason === registering.reason) {
      target.health = { ...checking };
      this.#changed(target);
    }
    const before = target.health;
    const address = this.#checkAddress(target);
    const result = address
      ? await probeTarget(this.#world.clock, {
          address,
          host: `${target.id}:${target.port}`,
          check,
          version: this.#group.protocolVersion,
          kind: isSettled(before) ? 'background' : 'waiting',
        })
      : ({ kind: 'timeout' } as const);
    const stillAsked =
      this.#inUse &&
      target.health === before &&
      target.phase === 'registered' &&
      this.#targets.get(nameOf(target)) === target;
    if (!stillAsked) return;
    target.health = afterProbe(before, result, check);
    if (target.health.state === 'healthy' && before.state !== 'healthy') {
      const others = [...this.#targets.values()].filter((each) => each !== target);
      target.slowSinceMs = slowStartOf(this.#group, others, this.#world.clock.now());
    }
    if (target.health.state !== before.state || target.health.reason !== before.reason) {
      this.#changed(target);
    }
    this.#metrics.checked();
    this.#scheduleCheck(target, check.intervalSeconds * 1_000);
  }

  #checkAddress(target: RegisteredTarget): SocketAddress | undefined {
    const { port } = this.#group.healthCheck;
    if (port === 'traffic-port' || Number(port) === target.port) return this.addressOf(target);
    return this.#resolve(target.id, Number(port));
  }

  /** An instance stands for its private address. */
  #resolve(id: string, port: number): SocketAddress | undefined {
    const { network, services } = this.#world;
    if (this.#group.targetType === 'ip') return network.resolve(id, port);
    const instance = services.ecs.containerInstance(id);
    return instance && network.resolve(instance.privateIp, port);
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
    const key = { targetId: target.id, port: target.port };
    if (target.phase === 'draining') return { ...key, ...draining };
    const unused = this.#inUse ? this.#unusable(target) : notInUse;
    if (unused) return { ...key, ...unused };
    const { state, reason, description } = target.health;
    return {
      ...key,
      state,
      ...(reason !== undefined && { reason }),
      ...(description !== undefined && { description }),
    };
  }
}

function nameOf({ id, port }: TargetKey): string {
  return `${id}:${port}`;
}

function closeTunnels({ tunnels }: RegisteredTarget): void {
  for (const close of [...tunnels]) close();
}
