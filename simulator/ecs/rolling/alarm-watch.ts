import type { World } from '../../core/world.ts';
import type { ServiceDeployment } from './state.ts';

/** Looks at a service deployment's alarms until told to stop; one in ALARM ends the watch (aws-facts 2.6). */
export class AlarmWatch {
  readonly #world: World;
  readonly #deployment: ServiceDeployment;
  readonly #triggered: () => void;
  #cancel: (() => void) | undefined;

  constructor(world: World, deployment: ServiceDeployment, triggered: () => void) {
    this.#world = world;
    this.#deployment = deployment;
    this.#triggered = triggered;
  }

  start(): void {
    if (this.#deployment.watchedAlarms.length === 0) return;
    this.#cancel = this.#world.clock.schedule(
      this.#world.settings.alarmPollMs,
      () => this.#look(),
      'recurring',
    );
  }

  get isOn(): boolean {
    return this.#cancel !== undefined;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    const triggered = this.#world.services.cloudwatch
      .alarmStates(this.#deployment.watchedAlarms)
      .filter(({ state }) => state === 'ALARM')
      .map(({ name }) => name);
    if (triggered.length === 0) {
      this.start();
      return;
    }
    this.stop();
    this.#deployment.alarms = 'TRIGGERED';
    this.#deployment.triggeredAlarms = triggered;
    this.#triggered();
  }
}
