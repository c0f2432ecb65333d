import { AwsError } from '../core/aws-error.ts';
import { readCron } from './cron.ts';

export interface Schedule {
  /** The next instant after `afterMs`, epoch milliseconds; undefined when there is none any more. */
  next(afterMs: number): number | undefined;
}

const unitsMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `rate(5 minutes)` or `cron(0 10 * * ? *)`, in UTC; throws ValidationException with AWS's text. */
export function readSchedule(expression: string): Schedule {
  const invalid = () =>
    new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  const [, count, unit, plural] =
    /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression.trim()) ?? [];
  if (count !== undefined && unit !== undefined) {
    const value = Number(count);
    // One takes the singular, more take the plural.
    if (value < 1 || (value === 1) !== (plural === '')) throw invalid();
    const stepMs = value * (unitsMs[unit] ?? 0);
    return { next: (afterMs) => afterMs + stepMs };
  }
  const [, fields] = /^cron\((.+)\)$/.exec(expression.trim()) ?? [];
  const next = fields === undefined ? undefined : readCron(fields);
  if (!next) throw invalid();
  return { next };
}
