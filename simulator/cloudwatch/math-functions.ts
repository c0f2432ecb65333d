import {
  type MathScope,
  type MathValue,
  mapValue,
  type Series,
  scalar,
  series,
  toSeries,
} from './math-value.ts';

export type MathFunction = (args: readonly MathValue[], scope: MathScope) => MathValue | undefined;

const present = (values: Series) => values.filter((value) => value !== undefined);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** Over time for one series, period by period across several (user guide, "Using metric math"). */
function aggregate(compute: (values: readonly number[]) => number): MathFunction {
  const over = (values: Series) => {
    const known = present(values);
    return known.length === 0 ? undefined : compute(known);
  };
  return ([value], { starts }) => {
    if (value?.kind === 'scalar') return value;
    if (value?.kind === 'series') return scalar(over(value.values));
    if (value?.kind !== 'list') return undefined;
    return series(starts.map((_, at) => over(value.items.map((item) => item[at]))));
  };
}

const eachNumber =
  (map: (x: number) => number | undefined): MathFunction =>
  ([value]) =>
    value && mapValue(value, map);

/** From a series with its periods to another, for one or several of them. */
function eachSeries(map: (values: Series, scope: MathScope) => Series): MathFunction {
  return ([value], scope) => {
    if (value?.kind === 'series') return series(map(value.values, scope));
    if (value?.kind !== 'list') return undefined;
    return { kind: 'list', items: value.items.map((item) => map(item, scope)) };
  };
}

/** Difference to the last data point before, and the seconds between the two. */
function differences(
  values: Series,
  { starts }: MathScope,
): { by: number; seconds: number }[] | undefined[] {
  let before: number | undefined;
  return values.map((value, at) => {
    if (value === undefined) return undefined;
    const previous = before;
    before = at;
    if (previous === undefined) return undefined;
    const seconds = ((starts[at] ?? 0) - (starts[previous] ?? 0)) / 1000;
    return { by: value - (values[previous] ?? 0), seconds };
  }) as { by: number; seconds: number }[];
}

const ofTime =
  (read: (date: Date) => number): MathFunction =>
  (_, { starts }) =>
    series(starts.map((start) => read(new Date(start))));

function deviation(values: readonly number[]): number {
  const average = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
}

function runningSum(values: Series): Series {
  let total = 0;
  return values.map((value) => {
    total += value ?? 0;
    return value === undefined ? undefined : total;
  });
}

const choose: MathFunction = ([condition, yes, no = scalar(undefined)], { starts }) => {
  if (!condition || !yes) return undefined;
  if (condition.kind === 'scalar') {
    if (condition.value === undefined) return scalar(undefined);
    return condition.value === 0 ? no : yes;
  }
  const [test, a, b] = [condition, yes, no].map((value) => toSeries(value, starts.length));
  if (!test || !a || !b) return undefined;
  return series(
    test.map((value, at) => (value === undefined ? undefined : value === 0 ? b[at] : a[at])),
  );
};

/** The functions that are simulated, by name. FILL, METRICS and PERIOD take words and are read apart. */
export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  ABS: eachNumber(Math.abs),
  CEIL: eachNumber(Math.ceil),
  FLOOR: eachNumber(Math.floor),
  LOG: eachNumber((x) => (x > 0 ? Math.log(x) : undefined)),
  LOG10: eachNumber((x) => (x > 0 ? Math.log10(x) : undefined)),
  AVG: aggregate(mean),
  MAX: aggregate((values) => Math.max(...values)),
  MIN: aggregate((values) => Math.min(...values)),
  SUM: aggregate(sum),
  STDDEV: aggregate(deviation),
  DATAPOINT_COUNT: aggregate((values) => values.length),
  DIFF: eachSeries((values, scope) => differences(values, scope).map((step) => step?.by)),
  DIFF_TIME: eachSeries((values, scope) => differences(values, scope).map((step) => step?.seconds)),
  RATE: eachSeries((values, scope) =>
    differences(values, scope).map((step) => step && step.by / step.seconds),
  ),
  RUNNING_SUM: eachSeries(runningSum),
  IF: choose,
  FIRST: ([list]) => (list?.kind === 'list' ? series(list.items[0] ?? []) : undefined),
  LAST: ([list]) => (list?.kind === 'list' ? series(list.items.at(-1) ?? []) : undefined),
  METRIC_COUNT: ([list]) => (list?.kind === 'list' ? scalar(list.items.length) : undefined),
  TIME_SERIES: ([value], { starts }) => {
    const values = value && toSeries(value, starts.length);
    return values && series(values);
  },
  EPOCH: ofTime((date) => date.getTime() / 1000),
  MINUTE: ofTime((date) => date.getUTCMinutes()),
  HOUR: ofTime((date) => date.getUTCHours()),
  DAY: ofTime((date) => date.getUTCDay() || 7),
  DATE: ofTime((date) => date.getUTCDate()),
  MONTH: ofTime((date) => date.getUTCMonth() + 1),
  YEAR: ofTime((date) => date.getUTCFullYear()),
};

/** FILL: a number, another series, REPEAT (the last value) or LINEAR (between its neighbours). */
export function fill(value: MathValue, filler: MathValue | 'REPEAT' | 'LINEAR'): MathValue {
  if (value.kind === 'list') {
    const items = value.items.map(
      (item) => toSeries(fill(series(item), filler), item.length) ?? [],
    );
    return { kind: 'list', items };
  }
  if (value.kind === 'scalar') return value;
  const { values } = value;
  if (filler === 'REPEAT') {
    const last = (at: number) => values.slice(0, at + 1).findLast((point) => point !== undefined);
    return series(values.map((_, at) => last(at)));
  }
  if (filler === 'LINEAR') return series(values.map((point, at) => point ?? between(values, at)));
  const fillers = toSeries(filler, values.length) ?? [];
  return series(values.map((point, at) => point ?? fillers[at]));
}

function between(values: Series, at: number): number | undefined {
  const before = values.findLastIndex((value, index) => index < at && value !== undefined);
  const after = values.findIndex((value, index) => index > at && value !== undefined);
  const [a, b] = [values[before], values[after]];
  if (a === undefined || b === undefined) return undefined;
  return a + ((b - a) * (at - before)) / (after - before);
}

/** Operators by how strongly they bind, weakest first; comparisons yield 1 or 0. */
export const mathOperators: readonly Readonly<
  Record<string, (a: number, b: number) => number | undefined>
>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
  {
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? undefined : a / b) },
  { '^': (a, b) => a ** b },
];
