interface FieldRange {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const ranges = {
  minutes: { from: 0, to: 59 },
  hours: { from: 0, to: 23 },
  days: { from: 1, to: 31 },
  months: { from: 1, to: 12, names: months },
  weekdays: { from: 1, to: 7, names: weekdays },
  years: { from: 1970, to: 2199 },
} as const satisfies Record<string, FieldRange>;

type DayTest = (date: Date) => boolean;

/**
 * The six fields of EventBridge's cron expressions (minutes hours day-of-month month day-of-week year, in
 * UTC, one of the two days being `?`); undefined when they are not valid.
 */
export function readCron(text: string): ((afterMs: number) => number | undefined) | undefined {
  const fields = text.trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  if (fields.length !== 6 || (day === '?') === (weekday === '?')) return undefined;
  const minutes = readField(minute, ranges.minutes);
  const hours = readField(hour, ranges.hours);
  const monthSet = readField(month, ranges.months);
  const years = readField(year, ranges.years);
  const dayTest = day === '?' ? readWeekday(weekday) : readDay(day);
  if (!minutes || !hours || !monthSet || !years || !dayTest) return undefined;
  return (afterMs) => {
    const first = new Date(Math.floor(afterMs / 60_000) * 60_000 + 60_000);
    const lastYear = Math.max(...years);
    const date = new Date(
      Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()),
    );
    for (; date.getUTCFullYear() <= lastYear; date.setUTCDate(date.getUTCDate() + 1)) {
      if (!years.has(date.getUTCFullYear())) continue;
      if (!monthSet.has(date.getUTCMonth() + 1) || !dayTest(date)) continue;
      for (const atHour of hours) {
        for (const atMinute of minutes) {
          const atMs = date.getTime() + atHour * 3_600_000 + atMinute * 60_000;
          if (atMs >= first.getTime()) return atMs;
        }
      }
    }
    return undefined;
  };
}

/** `*`, `5`, `1-5`, `0/15`, `1,3,5`, names; sorted. */
function readField(text: string, range: FieldRange): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, base = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [low, high] = readSpan(base, step !== undefined, range);
    const by = step === undefined ? 1 : Number(step);
    if (low === undefined || high === undefined || low > high || by < 1) return undefined;
    for (let value = low; value <= high; value += by) values.add(value);
  }
  return new Set([...values].sort((a, b) => a - b));
}

function readSpan(
  text: string,
  stepped: boolean,
  range: FieldRange,
): [number | undefined, number | undefined] {
  if (text === '*') return [range.from, range.to];
  const [from = '', to] = text.split('-');
  const low = readValue(from, range);
  if (to !== undefined) return [low, readValue(to, range)];
  return [low, stepped ? range.to : low];
}

function readValue(text: string, { from, to, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + from;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

/** Also `L` (the last day) and `15W` (the weekday nearest to it, within the month). */
function readDay(text: string): DayTest | undefined {
  if (text === 'L') return (date) => date.getUTCDate() === lastDay(date);
  const [, nearest] = /^(\d{1,2})W$/.exec(text) ?? [];
  if (nearest !== undefined) {
    const wanted = readValue(nearest, ranges.days);
    return wanted === undefined
      ? undefined
      : (date) => date.getUTCDate() === nearestWeekday(date, wanted);
  }
  const days = readField(text, ranges.days);
  return days && ((date) => days.has(date.getUTCDate()));
}

/** Also `6L` (the last Friday) and `3#2` (the second Tuesday). */
function readWeekday(text: string): DayTest | undefined {
  const [, name = '', last, which] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  if (last !== undefined || which !== undefined) {
    const wanted = readValue(name, ranges.weekdays);
    if (wanted === undefined) return undefined;
    return (date) =>
      date.getUTCDay() + 1 === wanted &&
      (last === undefined
        ? Math.ceil(date.getUTCDate() / 7) === Number(which)
        : date.getUTCDate() + 7 > lastDay(date));
  }
  if (text === 'L') return (date) => date.getUTCDay() === 6;
  const days = readField(text, ranges.weekdays);
  return days && ((date) => days.has(date.getUTCDay() + 1));
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function nearestWeekday(date: Date, wanted: number): number {
  const day = Math.min(wanted, lastDay(date));
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < lastDay(date) ? day + 1 : day - 2;
  return day;
}
