import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import type { AlarmRule, TreatMissingData } from './alarm-evaluation.ts';
import type { AlarmStatus } from './alarm-status.ts';
import { checkPeriod, compileQueries, type MetricQuery, toMetricId } from './metric-query.ts';
import { statisticOf } from './statistic.ts';

/** A metric alarm: what was asked for, compiled, and its present state. */
export interface MetricAlarmRecord extends AlarmStatus {
  readonly kind: 'MetricAlarm';
  readonly name: string;
  readonly arn: string;
  readonly input: PutMetricAlarmInput;
  readonly queries: readonly MetricQuery[];
  /** The query whose values are compared with the threshold. */
  readonly watched: MetricQuery;
  readonly rule: AlarmRule;
  readonly configuredMs: number;
  actionsEnabled: boolean;
  /** End of the last evaluated period; undefined before the first evaluation. */
  evaluatedMs: number | undefined;
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Checks and compiles an alarm's definition; throws AwsError `ValidationException` in CloudWatch's manner. */
export function compileAlarm(
  input: PutMetricAlarmInput,
): Pick<MetricAlarmRecord, 'queries' | 'watched' | 'rule'> {
  checkLowSampleCount(input.EvaluateLowSampleCountPercentile);
  const queries = compileQueries(input.Metrics ?? []);
  if (queries.length === 0) queries.push(singleMetric(input));
  else if (input.MetricName !== undefined) {
    throw invalid('An alarm has either MetricName or Metrics');
  }
  const returning = queries.filter((query) => query.returnData);
  const [watched] = returning;
  if (!watched || returning.length > 1) {
    throw invalid('Exactly one entry of Metrics must have ReturnData true');
  }
  const rule = compileRule(input);
  checkWindow(queries, rule.evaluationPeriods);
  return { queries, watched, rule };
}

const daySeconds = 86_400;

/** A week at most with periods of an hour or more, else a day (words observed in Terraform's and the CDK's issues). */
function checkWindow(queries: readonly MetricQuery[], evaluationPeriods: number): void {
  const periods = queries.flatMap((query) => (query.kind === 'metric' ? query.periodSeconds : []));
  const periodSeconds = Math.max(...periods, 0);
  const long = periodSeconds >= 3600;
  const mostSeconds = long ? 7 * daySeconds : daySeconds;
  if (evaluationPeriods * periodSeconds <= mostSeconds) return;
  throw invalid(
    `Metrics cannot be checked across more than a ${long ? 'week' : 'day'} (EvaluationPeriods * Period must be <= ${mostSeconds})${long ? ' for alarms using period >= 3600' : ''}`,
  );
}

function singleMetric(input: PutMetricAlarmInput): MetricQuery {
  const { MetricName, Namespace, Period, Statistic, ExtendedStatistic } = input;
  if (!MetricName || !Namespace)
    throw invalid('An alarm needs MetricName and Namespace, or Metrics');
  if (Period === undefined) throw invalid('Period must be specified for an alarm on a metric');
  const statistic = Statistic ?? ExtendedStatistic;
  if (!statistic || (Statistic && ExtendedStatistic)) {
    throw invalid('Exactly one of Statistic and ExtendedStatistic must be specified');
  }
  return {
    kind: 'metric',
    id: 'm1',
    label: MetricName,
    returnData: true,
    periodSeconds: alarmPeriod(Period),
    metric: toMetricId(input),
    unit: input.Unit,
    statistic: statisticOf(statistic),
  };
}

/** Shorter than 10 seconds is for queries only [model]. */
function alarmPeriod(seconds: number): number {
  if (seconds >= 10) return checkPeriod(seconds);
  throw invalid(`Period ${seconds} must be 10, 20, 30 or a multiple of 60 seconds`);
}

/** Percentiles of few samples: only the default, to evaluate them all the same, is simulated. */
function checkLowSampleCount(treatment: string | undefined): void {
  if (!treatment || treatment === 'evaluate') return;
  throw invalid(`EvaluateLowSampleCountPercentile ${treatment} is not simulated; evaluate is`);
}

function compileRule(input: PutMetricAlarmInput): AlarmRule {
  const { EvaluationPeriods = 0, Threshold, ComparisonOperator = '' } = input;
  const { DatapointsToAlarm = EvaluationPeriods, TreatMissingData = 'missing' } = input;
  const compare = Object.hasOwn(comparisons, ComparisonOperator)
    ? comparisons[ComparisonOperator]
    : undefined;
  if (!compare) throw invalid(`ComparisonOperator ${ComparisonOperator} is not simulated`);
  if (Threshold === undefined) throw invalid('Threshold must be specified');
  if (!Number.isInteger(EvaluationPeriods) || EvaluationPeriods < 1) {
    throw invalid(`EvaluationPeriods ${EvaluationPeriods} must be at least 1`);
  }
  if (DatapointsToAlarm < 1 || DatapointsToAlarm > EvaluationPeriods) {
    throw invalid(
      `DatapointsToAlarm ${DatapointsToAlarm} must be between 1 and EvaluationPeriods ${EvaluationPeriods}`,
    );
  }
  return {
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    treatMissingData: checkTreatment(TreatMissingData),
    breaches: (value) => compare(value, Threshold),
  };
}

function checkTreatment(text: string): TreatMissingData {
  const known = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
  const found = known.find((treatment) => treatment === text);
  if (found) return found;
  throw invalid(`TreatMissingData ${text} must be one of ${known.join(', ')}`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
