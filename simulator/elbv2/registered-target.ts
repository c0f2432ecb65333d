import type { SocketAddress, TargetHealth } from '../core/services.ts';
import { draining, type HealthRecord, registering } from './target-health.ts';
import { notInUse, type UnusedTarget } from './target-usability.ts';

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

/** One that starts over after draining keeps its connections. */
export function newlyRegistered(
  { id, port }: TargetKey,
  address: SocketAddress | undefined,
  before: RegisteredTarget | undefined,
): RegisteredTarget {
  return {
    id,
    port,
    address,
    phase: 'registered',
    health: { ...registering },
    tunnels: before?.tunnels ?? new Set(),
    outstanding: before?.outstanding ?? 0,
    credit: 0,
    slowSinceMs: undefined,
    cancelTimer: () => {},
  };
}

export function nameOf({ id, port }: TargetKey): string {
  return `${id}:${port}`;
}

export function closeTunnels({ tunnels }: RegisteredTarget): void {
  for (const close of [...tunnels]) close();
}

/** What DescribeTargetHealth says of it; `unusable` is why it cannot get requests, if it cannot. */
export function viewOf(
  { id, port, phase, health }: RegisteredTarget,
  inUse: boolean,
  unusable: () => UnusedTarget | undefined,
): TargetHealth {
  const key = { targetId: id, port };
  if (phase === 'draining') return { ...key, ...draining };
  const unused = inUse ? unusable() : notInUse;
  if (unused) return { ...key, ...unused };
  const { state, reason, description } = health;
  return {
    ...key,
    state,
    ...(reason !== undefined && { reason }),
    ...(description !== undefined && { description }),
  };
}
