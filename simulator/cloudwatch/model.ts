import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { CloudWatchService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { type Alarm, compileAlarm } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import { announceTransition, checkActions } from './alarm-transition.ts';
import { dueEvaluations, nextEvaluationMs } from './evaluate-alarm.ts';
import { MetricStore } from './metric-store.ts';

/** Metrics, and alarms that are evaluated on the virtual clock. */
export class CloudWatchModel implements CloudWatchService {
  readonly metrics = new MetricStore();
  readonly #world: World;
  readonly #alarms = new Map<string, Alarm>();
  #cancelTick: (() => void) | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  putMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    value: number;
  }): void {
    const { namespace, name, dimensions, value } = metric;
    this.metrics.put(
      { namespace, name, dimensions: { ...dimensions } },
      {
        atMs: this.#world.clock.now(),
        sampleCount: 1,
        sum: value,
        minimum: value,
        maximum: value,
        values: [[value, 1]],
      },
    );
  }

  /** Creates or replaces an alarm; a replaced one keeps its state until it is evaluated. */
  putAlarm(input: PutMetricAlarmInput): Alarm {
    const name = input.AlarmName ?? '';
    if (name === '') throw new AwsError('ValidationException', 'AlarmName must not be empty');
    checkActions(input);
    const nowMs = this.#world.clock.now();
    const present = this.#alarms.get(name);
    const alarm: Alarm = {
      name,
      arn: arn(this.#world.identity, 'cloudwatch', `alarm:${name}`),
      input,
      ...compileAlarm(input),
      configuredMs: nowMs,
      state: present?.state ?? 'INSUFFICIENT_DATA',
      stateReason: present?.stateReason ?? 'Unchecked: Initial alarm creation',
      stateReasonData: present?.stateReasonData,
      stateUpdatedMs: present?.stateUpdatedMs ?? nowMs,
      evaluatedMs: undefined,
    };
    this.#alarms.set(name, alarm);
    this.#plan();
    return alarm;
  }

  deleteAlarms(names: readonly string[]): void {
    for (const name of names) this.#alarms.delete(name);
    this.#plan();
  }

  /** Up to date, by name. */
  alarms(): Alarm[] {
    this.#evaluate();
    return [...this.#alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  alarmStates(names: readonly string[]): { name: string; state: AlarmState }[] {
    return this.alarms()
      .filter(({ name }) => names.includes(name))
      .map(({ name, state }) => ({ name, state }));
  }

  /** Forces a state, which holds until the end of the alarm's next period. */
  setAlarmState(name: string, state: AlarmState, reason: string, reasonData?: string): void {
    this.#evaluate();
    const alarm = this.#alarms.get(name);
    if (!alarm) throw new AwsError('ResourceNotFound', `Unknown alarm ${name}`);
    this.#enter(alarm, state, reason, reasonData, this.#world.clock.now());
  }

  stop(): void {
    this.#cancelTick?.();
  }

  #evaluate(): void {
    const nowMs = this.#world.clock.now();
    for (const alarm of this.#alarms.values()) {
      for (const evaluation of dueEvaluations(alarm, this.metrics, nowMs)) {
        const { state, reason, reasonData, atMs } = evaluation;
        if (state !== 'unchanged') this.#enter(alarm, state, reason, reasonData, atMs);
      }
    }
  }

  #enter(
    alarm: Alarm,
    state: AlarmState,
    reason: string,
    reasonData: string | undefined,
    atMs: number,
  ): void {
    if (alarm.state === state) return;
    const previous = {
      state: alarm.state,
      stateReason: alarm.stateReason,
      stateReasonData: alarm.stateReasonData,
      stateUpdatedMs: alarm.stateUpdatedMs,
    };
    alarm.state = state;
    alarm.stateReason = reason;
    alarm.stateReasonData = reasonData;
    alarm.stateUpdatedMs = Math.max(atMs, alarm.configuredMs);
    announceTransition(this.#world, alarm, previous);
  }

  /** One background timer for the alarm that is due next: evaluation alone never makes time jump. */
  #plan(): void {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    const nowMs = this.#world.clock.now();
    const due = [...this.#alarms.values()].map((alarm) => nextEvaluationMs(alarm, nowMs));
    if (due.length === 0) return;
    this.#cancelTick = this.#world.clock.schedule(
      Math.max(0, Math.min(...due) - nowMs),
      () => {
        this.#evaluate();
        this.#plan();
      },
      'background',
    );
  }
}
