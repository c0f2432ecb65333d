import type { PutCompositeAlarmInput, PutMetricAlarmInput, Tag } from '@aws-sdk/client-cloudwatch';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { compileAlarm, type MetricAlarmRecord } from './alarm.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import { AlarmHistory, historicState } from './alarm-history.ts';
import { initialStatus } from './alarm-status.ts';
import { announceTransition, checkActions } from './alarm-transition.ts';
import { type AnyAlarm, compileComposite, judgeComposite } from './composite-alarm.ts';
import { checkDeletion } from './delete-alarms.ts';
import { dueEvaluations, nextEvaluationMs } from './evaluate-alarm.ts';
import type { MetricStore } from './metric-store.ts';
import type { TagBook } from './tag-book.ts';

/** Composite alarms may stand on composite alarms; deeper than this, a change shows at the next look. */
const deepestComposition = 10;

/** All alarms, evaluated on the virtual clock. */
export class AlarmBook {
  readonly history = new AlarmHistory();
  readonly tags: TagBook;
  readonly #world: World;
  readonly #metrics: MetricStore;
  readonly #alarms = new Map<string, AnyAlarm>();
  #stateChanges = 0;
  #cancelTick: (() => void) | undefined;

  constructor(world: World, metrics: MetricStore, tags: TagBook) {
    this.#world = world;
    this.#metrics = metrics;
    this.tags = tags;
  }

  /** Creates or replaces; a replaced alarm keeps its state until it is evaluated, and its tags. */
  putMetric(input: PutMetricAlarmInput): MetricAlarmRecord {
    const { name, nowMs, present } = this.#begin(input, 'MetricAlarm');
    const alarm: MetricAlarmRecord = {
      kind: 'MetricAlarm',
      name,
      arn: this.#arn(name),
      input,
      ...compileAlarm(input),
      configuredMs: nowMs,
      actionsEnabled: input.ActionsEnabled ?? true,
      ...initialStatus(present, nowMs),
      evaluatedMs: undefined,
    };
    this.#keep(alarm, present, input.Tags);
    return alarm;
  }

  putComposite(input: PutCompositeAlarmInput): void {
    const { name, nowMs, present } = this.#begin(input, 'CompositeAlarm');
    const rule = compileComposite(input, (child) => this.#alarms.has(child));
    const alarm: AnyAlarm = {
      kind: 'CompositeAlarm',
      name,
      arn: this.#arn(name),
      input,
      rule,
      configuredMs: nowMs,
      actionsEnabled: input.ActionsEnabled ?? true,
      ...initialStatus(present, nowMs),
    };
    this.#keep(alarm, present, input.Tags);
  }

  /** Deletes all or, when one of them cannot be deleted, none. Names that nobody knows are passed over. */
  delete(names: readonly string[]): void {
    checkDeletion(names, [...this.#alarms.values()]);
    for (const name of names) {
      const alarm = this.#alarms.get(name);
      if (!alarm) continue;
      this.#alarms.delete(name);
      this.tags.forget(alarm.arn);
      this.#remember(alarm, 'ConfigurationUpdate', `Alarm "${name}" deleted`, { type: 'Delete' });
    }
    this.#plan();
  }

  /** Up to date, by name. */
  all(): AnyAlarm[] {
    this.#evaluate();
    return [...this.#alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Forces a state, which holds until the end of the alarm's next period. */
  setState(name: string, state: AlarmState, reason: string, reasonData?: string): void {
    this.#evaluate();
    const alarm = this.#alarms.get(name);
    if (!alarm) throw new AwsError('ResourceNotFound', `Unknown alarm ${name}`);
    this.#enter(alarm, state, reason, reasonData, this.#world.clock.now());
    this.#evaluateComposites();
  }

  /** Names that nobody knows are passed over [model]. */
  enableActions(names: readonly string[], enabled: boolean): void {
    for (const name of names) {
      const alarm = this.#alarms.get(name);
      if (!alarm || alarm.actionsEnabled === enabled) continue;
      alarm.actionsEnabled = enabled;
      this.#remember(alarm, 'ConfigurationUpdate', `Alarm "${name}" updated`, { type: 'Update' });
    }
  }

  stop(): void {
    this.#cancelTick?.();
  }

  #begin(input: PutMetricAlarmInput | PutCompositeAlarmInput, kind: AnyAlarm['kind']) {
    const name = input.AlarmName ?? '';
    if (name === '') throw new AwsError('ValidationException', 'AlarmName must not be empty');
    checkActions(input);
    const present = this.#alarms.get(name);
    if (present && present.kind !== kind) {
      throw new AwsError('ValidationException', `Alarm ${name} exists as a ${present.kind}`);
    }
    return { name, nowMs: this.#world.clock.now(), present };
  }

  #keep(alarm: AnyAlarm, present: AnyAlarm | undefined, tags: readonly Tag[] = []): void {
    this.#alarms.set(alarm.name, alarm);
    if (!present) this.tags.add(alarm.arn, tags);
    const type = present ? 'Update' : 'Create';
    const summary = `Alarm "${alarm.name}" ${present ? 'updated' : 'created'}`;
    this.#remember(alarm, 'ConfigurationUpdate', summary, { type });
    this.#plan();
  }

  #evaluate(): void {
    const { clock, settings } = this.#world;
    const nowMs = clock.now();
    for (const alarm of this.#alarms.values()) {
      if (alarm.kind === 'CompositeAlarm') continue;
      const due = dueEvaluations(alarm, this.#metrics, nowMs, {
        furtherPeriods: settings.furtherAlarmPeriods,
        delayMs: settings.alarmEvaluationDelayMs,
      });
      for (const evaluation of due) {
        const { state, reason, reasonData, atMs } = evaluation;
        if (state === 'unchanged') continue;
        if (this.#enter(alarm, state, reason, reasonData, atMs)) this.#evaluateComposites();
      }
    }
    this.#evaluateComposites();
  }

  #evaluateComposites(): void {
    const find = (name: string) => this.#alarms.get(name);
    for (let round = 0; round < deepestComposition; round++) {
      let changed = false;
      for (const alarm of this.#alarms.values()) {
        if (alarm.kind !== 'CompositeAlarm') continue;
        const { state, reason, reasonData } = judgeComposite(alarm, find);
        if (this.#enter(alarm, state, reason, reasonData, this.#world.clock.now())) changed = true;
      }
      if (!changed) return;
    }
  }

  /** True when that was a change. */
  #enter(
    alarm: AnyAlarm,
    state: AlarmState,
    stateReason: string,
    stateReasonData: string | undefined,
    atMs: number,
  ): boolean {
    if (alarm.state === state) return false;
    const previous = {
      state: alarm.state,
      stateReason: alarm.stateReason,
      stateReasonData: alarm.stateReasonData,
      stateUpdatedMs: alarm.stateUpdatedMs,
      stateChange: alarm.stateChange,
    };
    const stateUpdatedMs = Math.max(atMs, alarm.configuredMs);
    const stateChange = ++this.#stateChanges;
    Object.assign(alarm, { state, stateReason, stateReasonData, stateUpdatedMs, stateChange });
    this.#remember(alarm, 'StateUpdate', `Alarm updated from ${previous.state} to ${state}`, {
      version: '1.0',
      oldState: historicState(previous),
      newState: historicState(alarm),
    });
    for (const { action, failure } of announceTransition(this.#world, alarm, previous)) {
      const verb = failure === undefined ? 'Successfully executed' : 'Failed to execute';
      this.#remember(alarm, 'Action', `${verb} action ${action}`, {
        actionState: failure === undefined ? 'Succeeded' : 'Failed',
        notificationResource: action,
        error: failure ?? null,
      });
    }
    return true;
  }

  #remember(alarm: AnyAlarm, ...[type, summary, data]: HistoryArguments): void {
    const atMs = type === 'ConfigurationUpdate' ? this.#world.clock.now() : alarm.stateUpdatedMs;
    this.history.add(alarm, atMs, type, summary, data);
  }

  /** One background timer for the alarm that is due next: evaluation alone never makes time jump. */
  #plan(): void {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    const { clock, settings } = this.#world;
    const nowMs = clock.now();
    // A composite alarm is looked at once after it was made, then whenever one of its alarms changes.
    const due = [...this.#alarms.values()].flatMap((alarm) => {
      if (alarm.kind === 'MetricAlarm') {
        return nextEvaluationMs(alarm, nowMs, settings.alarmEvaluationDelayMs);
      }
      return alarm.state === 'INSUFFICIENT_DATA' ? nowMs : [];
    });
    if (due.length === 0) return;
    this.#cancelTick = clock.schedule(
      Math.max(0, Math.min(...due) - nowMs),
      () => {
        this.#evaluate();
        this.#plan();
      },
      'background',
    );
  }

  #arn(name: string): string {
    return arn(this.#world.identity, 'cloudwatch', `alarm:${name}`);
  }
}

type HistoryArguments = [
  type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action',
  summary: string,
  data: object,
];
