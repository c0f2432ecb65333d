import type { MetricAlarmRecord } from './alarm.ts';
import { type AlarmState, judge } from './alarm-evaluation.ts';
import { alarmTimestamp } from './alarm-timestamp.ts';
import { explainState } from './explain-state.ts';
import { seriesOf } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';

export interface EvaluationOptions {
  /** How many periods further back than it evaluates an alarm looks. */
  readonly furtherPeriods: number;
  /** From the end of a period until it is evaluated. */
  readonly delayMs: number;
}

/** What an evaluation found of the periods up to the latest. */
export interface Evaluation {
  /** When it was made. */
  readonly atMs: number;
  readonly state: AlarmState | 'unchanged';
  readonly reason: string;
  readonly reasonData: string;
}

/** A jump of a day passes over this many evaluations of a one-minute alarm; older ones decide nothing. */
const mostEvaluations = 1_440;

/**
 * Evaluates an alarm at the end of each period that has passed since its last evaluation, so that a jump
 * of time skips none of them.
 */
export function* dueEvaluations(
  alarm: MetricAlarmRecord,
  store: MetricStore,
  nowMs: number,
  { furtherPeriods, delayMs }: EvaluationOptions,
): Generator<Evaluation> {
  const periodMs = alarm.watched.periodSeconds * 1000;
  const last = Math.floor((nowMs - delayMs) / periodMs) * periodMs;
  const first = alarm.evaluatedMs === undefined ? last : alarm.evaluatedMs + periodMs;
  const from = Math.max(first, last - (mostEvaluations - 1) * periodMs);
  for (let atMs = from; atMs <= last; atMs += periodMs) {
    alarm.evaluatedMs = atMs;
    yield { ...evaluateAt(alarm, store, atMs, furtherPeriods), atMs: atMs + delayMs };
  }
}

/** When the next period is evaluated. */
export function nextEvaluationMs(alarm: MetricAlarmRecord, nowMs: number, delayMs: number): number {
  if (alarm.evaluatedMs === undefined) return nowMs;
  return alarm.evaluatedMs + alarm.watched.periodSeconds * 1000 + delayMs;
}

/** CloudWatch looks further back than the periods that it evaluates. */
function evaluateAt(
  alarm: MetricAlarmRecord,
  store: MetricStore,
  atMs: number,
  furtherPeriods: number,
): Omit<Evaluation, 'atMs'> {
  const { watched, queries, rule } = alarm;
  const periodMs = watched.periodSeconds * 1000;
  const range = rule.evaluationPeriods + furtherPeriods;
  const starts = Array.from({ length: range }, (_, index) => atMs - (range - index) * periodMs);
  const points = seriesOf(watched, queries, store, starts);
  const recent = starts
    .map((startMs, index) => ({ startMs, value: points[index] }))
    .filter(({ value }) => value !== undefined)
    .slice(-rule.evaluationPeriods);
  const state = judge(points, rule);
  return {
    state,
    reason: explainState(
      alarm,
      state,
      starts.map((startMs, index) => ({ startMs, value: points[index] })),
    ),
    reasonData: JSON.stringify({
      version: '1.0',
      queryDate: alarmTimestamp(atMs),
      ...(recent[0] && { startDate: alarmTimestamp(recent[0].startMs) }),
      ...(watched.kind === 'metric' && {
        statistic: alarm.input.Statistic ?? alarm.input.ExtendedStatistic,
      }),
      period: watched.periodSeconds,
      recentDatapoints: recent.map(({ value }) => value),
      threshold: alarm.input.Threshold,
      evaluatedDatapoints: recent.toReversed().map(({ startMs, value }) => ({
        timestamp: alarmTimestamp(startMs),
        value,
      })),
    }),
  };
}
