import type { TimerKind } from '../../core/clock.ts';
import type { World } from '../../core/world.ts';
import type { ContainerInstances } from '../instances/container-instances.ts';
import { placementFailureReason, unplacedMessage } from '../instances/unplaced-message.ts';
import { StartBackoff } from '../start-backoff.ts';
import type { Service } from '../state.ts';
import type { Announcements } from './announcements.ts';

export interface RetriedService {
  readonly instances: Pick<ContainerInstances, 'whenFreed'>;
  /** Time to start tasks again. */
  look(): void;
  timerKind(): TimerKind;
}

/** What keeps a service from starting tasks: a growing delay, or container instances without room. */
export class StartRetries {
  readonly #world: World;
  readonly #announce: Announcements;
  readonly #service: Service;
  readonly #retried: RetriedService;
  #backoff = new StartBackoff();
  #cancelRetry: (() => void) | undefined;
  /** No container instance has room for a task of the PRIMARY deployment. */
  #cancelWait: (() => void) | undefined;

  constructor(world: World, announce: Announcements, service: Service, retried: RetriedService) {
    this.#world = world;
    this.#announce = announce;
    this.#service = service;
    this.#retried = retried;
  }

  get mayStart(): boolean {
    return this.#cancelRetry === undefined && this.#cancelWait === undefined;
  }

  get waitsForCapacity(): boolean {
    return this.#cancelWait !== undefined;
  }

  /** A task came up. */
  succeeded(): void {
    this.#backoff.succeeded();
  }

  /** For another PRIMARY deployment nothing has failed yet. */
  startOver(): void {
    this.cancel();
    this.#cancelRetry = undefined;
    this.#cancelWait = undefined;
    this.#backoff = new StartBackoff();
  }

  cancel(): void {
    this.#cancelRetry?.();
    this.#cancelWait?.();
  }

  waitForCapacity(reason: string): void {
    this.#announce.say(this.#service, unplacedMessage(reason));
    this.#announce.action(
      this.#service,
      'ERROR',
      'SERVICE_TASK_PLACEMENT_FAILURE',
      placementFailureReason(reason),
    );
    this.#cancelWait = this.#retried.instances.whenFreed(() => {
      this.#cancelWait = undefined;
      this.#retried.look();
    });
  }

  /** Tasks that never reach RUNNING are retried with growing delay (aws-facts 2.6). */
  later(): void {
    this.#announce.say(this.#service, 'is unable to consistently start tasks successfully.');
    this.#announce.action(this.#service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
    this.afterBackoff();
  }

  afterBackoff(): void {
    this.#backoff.failed();
    this.#cancelRetry?.();
    this.#cancelRetry = this.#world.clock.schedule(
      this.#backoff.delayMs,
      () => {
        this.#cancelRetry = undefined;
        this.#retried.look();
      },
      this.#retried.timerKind(),
    );
  }
}
