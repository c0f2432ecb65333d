import type { TimerKind } from '../core/clock.ts';
import type { SocketAddress } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { probeTarget } from './health-probe.ts';
import type { RegisteredTarget } from './registered-target.ts';
import { slowStartOf } from './slow-start.ts';
import type { TargetGroup } from './state.ts';
import { afterProbe, checking, isSettled, registering } from './target-health.ts';

export interface CheckedTargets {
  all(): readonly RegisteredTarget[];
  /** Still registered, in a group that is in use. */
  isChecked(target: RegisteredTarget): boolean;
  /** A check would say nothing: it cannot get requests whatever it answers. */
  isUnusable(target: RegisteredTarget): boolean;
  /** Its health is another. */
  changed(target: RegisteredTarget): void;
  /** A check has been made. */
  checked(): void;
}

/** Health checks of one group's targets, each at its interval, and where targets are reached. */
export class TargetChecks {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #targets: CheckedTargets;

  constructor(world: World, group: TargetGroup, targets: CheckedTargets) {
    this.#world = world;
    this.#group = group;
    this.#targets = targets;
  }

  /** Takes the place of a check that is already due. */
  schedule(
    target: RegisteredTarget,
    delayMs = this.#world.settings.firstHealthCheckMs,
    kind: TimerKind = isSettled(target.health) ? 'background' : 'waiting',
  ): void {
    target.cancelTimer = this.#world.clock.schedule(delayMs, () => void this.#check(target), kind);
  }

  async #check(target: RegisteredTarget): Promise<void> {
    const check = this.#group.healthCheck;
    if (this.#targets.isUnusable(target)) {
      this.#targets.changed(target);
      this.schedule(target, check.intervalSeconds * 1_000, 'background');
      return;
    }
    if (target.health.reason === registering.reason) {
      target.health = { ...checking };
      this.#targets.changed(target);
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
      this.#targets.isChecked(target) && target.health === before && target.phase === 'registered';
    if (!stillAsked) return;
    target.health = afterProbe(before, result, check);
    if (target.health.state === 'healthy' && before.state !== 'healthy') {
      const others = this.#targets.all().filter((each) => each !== target);
      target.slowSinceMs = slowStartOf(this.#group, others, this.#world.clock.now());
    }
    if (target.health.state !== before.state || target.health.reason !== before.reason) {
      this.#targets.changed(target);
    }
    this.#targets.checked();
    this.schedule(target, check.intervalSeconds * 1_000);
  }

  addressOf(target: RegisteredTarget): SocketAddress | undefined {
    return target.address ?? this.#resolve(target.id, target.port);
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
}
