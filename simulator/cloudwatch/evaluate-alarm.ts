import type { Alarm } from './alarm.ts';
import { type AlarmState, evaluationRange, judge } from './alarm-evaluation.ts';
import { seriesOf } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';

/** What an evaluation found at the end of a period. */
export interface Evaluation {
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
  alarm: Alarm,
  store: MetricStore,
  nowMs: number,
): Generator<Evaluation> {
  const periodMs = alarm.watched.periodSeconds * 1000;
  const last = Math.floor(nowMs / periodMs) * periodMs;
  const first = alarm.evaluatedMs === undefined ? last : alarm.evaluatedMs + periodMs;
  const from = Math.max(first, last - (mostEvaluations - 1) * periodMs);
  for (let atMs = from; atMs <= last; atMs += periodMs) {
    alarm.evaluatedMs = atMs;
    yield evaluateAt(alarm, store, atMs);
  }
}

/** When the next period ends. */
export function nextEvaluationMs(alarm: Alarm, nowMs: number): number {
  if (alarm.evaluatedMs === undefined) return nowMs;
  return alarm.evaluatedMs + alarm.watched.periodSeconds * 1000;
}

function evaluateAt(alarm: Alarm, store: MetricStore, atMs: number): Evaluation {
  const { watched, queries, rule } = alarm;
  const periodMs = watched.periodSeconds * 1000;
  const range = evaluationRange(rule.evaluationPeriods);
  const starts = Array.from({ length: range }, (_, index) => atMs - (range - index) * periodMs);
  const points = seriesOf(watched, queries, store, starts);
  return {
    atMs,
    state: judge(points, rule),
    reason: explain(alarm, points),
    reasonData: JSON.stringify({
      version: '1.0',
      queryDate: new Date(atMs).toISOString(),
      period: watched.periodSeconds,
      recentDatapoints: points.filter((point) => point !== undefined),
      threshold: alarm.input.Threshold,
    }),
  };
}

function explain(alarm: Alarm, points: readonly (number | undefined)[]): string {
  const { Threshold, ComparisonOperator } = alarm.input;
  const recent = points.slice(-alarm.rule.evaluationPeriods);
  const shown = recent.map((point) => (point === undefined ? 'missing' : String(point)));
  const noun = shown.length === 1 ? 'datapoint' : 'datapoints';
  return `Threshold: the last ${shown.length} ${noun} [${shown.join(', ')}] compared ${ComparisonOperator} with ${Threshold}; ${alarm.rule.datapointsToAlarm} must breach, missing data is ${alarm.rule.treatMissingData}`;
}
