/** Tasks of one or several deployments that are meant to run, by what the scheduler knows of them. */
export interface Census {
  /** Not RUNNING yet. */
  readonly pending: number;
  /** RUNNING, and not yet known to be healthy. */
  readonly unproven: number;
  readonly healthy: number;
  /** Of the healthy ones those that UpdateTaskProtection keeps from deployments and scale-in. */
  readonly protected?: number;
  /** RUNNING with failed checks after the grace period. */
  readonly unhealthy: number;
}

export interface RolloutView {
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly primary: Census;
  /** All other deployments of the service together. */
  readonly old: Census;
  /** False for a FAILED deployment, during the start-up back-off and while no container instance has room. */
  readonly mayStart: boolean;
  /** No container instance has room: old tasks make some, as far as the minimum allows. */
  readonly unplaced?: boolean;
}

/** Numbers of tasks to start and to stop now. */
export interface RolloutStep {
  readonly start: number;
  /** PRIMARY tasks above the desired count; those that are not healthy go first. */
  readonly stopExcess: number;
  /** PRIMARY tasks that failed their checks. */
  readonly stopUnhealthy: number;
  /** Old tasks that serve nobody: pending or unhealthy. */
  readonly stopOldIdle: number;
  /** Old tasks that run and are not yet known to be healthy. */
  readonly stopOldUnproven: number;
  readonly stopOldHealthy: number;
}

export interface Bounds {
  /** Healthy tasks that a stop must leave. */
  readonly lower: number;
  /** Pending and running tasks that a start may reach. */
  readonly upper: number;
}

/** Rounded up and rounded down (aws-facts 2.6). */
export function boundsOf(view: RolloutView): Bounds {
  const share = (percent: number) => (view.desiredCount * percent) / 100;
  return {
    lower: Math.min(view.desiredCount, Math.ceil(share(view.minimumHealthyPercent))),
    upper: Math.floor(share(view.maximumPercent)),
  };
}

/**
 * What the service scheduler does next. A failed task is replaced before it is stopped where maximumPercent
 * leaves room, else after it (developer guide, "service task maintenance"); that old tasks go only once replaced,
 * or to make room, is an assumption.
 */
export function planStep(view: RolloutView): RolloutStep {
  const { desiredCount, primary, old, mayStart } = view;
  const { lower, upper } = boundsOf(view);
  const live = primary.pending + primary.unproven + primary.healthy;
  const stopOldIdle = old.pending + old.unhealthy;
  const missing = Math.max(0, desiredCount - live);
  const total = live + primary.unhealthy + old.unproven + old.healthy;
  const room = Math.max(0, upper - total);
  const start = mayStart ? Math.min(missing, room) : 0;
  const crowded = missing > 0 && (view.unplaced === true || (mayStart && room === 0));
  const replaced = primary.healthy >= desiredCount;
  const stopUnhealthy = replaced ? primary.unhealthy : Math.min(primary.unhealthy, crowded ? 1 : 0);

  const serving = old.unproven + old.healthy;
  const surplus = Math.max(0, serving - Math.max(0, desiredCount - primary.healthy));
  const makeRoom = crowded && stopUnhealthy === 0 ? Math.min(serving, missing) : 0;
  const leaving = Math.max(surplus, makeRoom);
  const stopOldUnproven = Math.min(leaving, old.unproven);
  const spare = Math.max(0, primary.healthy + old.healthy - lower);
  return {
    start,
    stopExcess: Math.max(0, Math.min(live - desiredCount, live - (primary.protected ?? 0))),
    stopUnhealthy,
    stopOldIdle,
    stopOldUnproven,
    stopOldHealthy: Math.min(leaving - stopOldUnproven, spare, old.healthy - (old.protected ?? 0)),
  };
}

export function isEmpty(step: RolloutStep): boolean {
  return Object.values(step).every((count) => count === 0);
}

/** No task can be started or stopped, nothing is under way, and the rollout is not at its end. */
export function isStuck(view: RolloutView): boolean {
  const { primary, old, desiredCount, mayStart } = view;
  const moving = primary.pending + primary.unproven + old.unproven + (old.protected ?? 0) > 0;
  const arrived = primary.healthy === desiredCount && old.healthy === 0;
  return mayStart && !moving && !arrived && isEmpty(planStep(view));
}

export const noTasks: Census = { pending: 0, unproven: 0, healthy: 0, unhealthy: 0, protected: 0 };

/** Tasks of several deployments together. */
export function addCensus(one: Census, other: Census): Census {
  return {
    pending: one.pending + other.pending,
    unproven: one.unproven + other.unproven,
    healthy: one.healthy + other.healthy,
    unhealthy: one.unhealthy + other.unhealthy,
    protected: (one.protected ?? 0) + (other.protected ?? 0),
  };
}
