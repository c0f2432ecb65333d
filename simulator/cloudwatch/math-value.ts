/** One value per period, undefined where there is no data point. */
export type Series = readonly (number | undefined)[];

/** What an expression of metric math may yield on its way: a number, a time series, several of them. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number | undefined }
  | { readonly kind: 'series'; readonly values: Series }
  | { readonly kind: 'list'; readonly items: readonly Series[] };

/** What an expression is evaluated over. */
export interface MathScope {
  /** Starts of the periods, epoch milliseconds. */
  readonly starts: readonly number[];
  readonly periodSeconds: number;
  series(id: string): Series;
  /** The metrics (not the expressions) whose id contains the text, for METRICS(). */
  metrics(containing: string): readonly Series[];
  periodOf(id: string): number;
}

export const scalar = (value: number | undefined): MathValue => ({ kind: 'scalar', value });
export const series = (values: Series): MathValue => ({ kind: 'series', values });

/** A number stands for itself in every period. */
export function toSeries(value: MathValue, periods: number): Series | undefined {
  if (value.kind === 'series') return value.values;
  if (value.kind === 'scalar') return Array.from({ length: periods }, () => value.value);
  return undefined;
}

/** Applies a function of one number to whatever is given. */
export function mapValue(value: MathValue, map: (x: number) => number | undefined): MathValue {
  const each = (x: number | undefined) => (x === undefined ? undefined : map(x));
  if (value.kind === 'scalar') return scalar(each(value.value));
  if (value.kind === 'series') return series(value.values.map(each));
  return { kind: 'list', items: value.items.map((item) => item.map(each)) };
}

/** Applies an operator period by period; where an operand is missing, so is the result. */
export function combine(
  left: MathValue,
  right: MathValue,
  apply: (a: number, b: number) => number | undefined,
): MathValue {
  const both = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : apply(a, b);
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return scalar(both(left.value, right.value));
  if (left.kind === 'list') {
    return {
      kind: 'list',
      items: left.items.map((item, index) => {
        const other = right.kind === 'list' ? series(right.items[index] ?? []) : right;
        return toSeries(combine(series(item), other, apply), item.length) ?? [];
      }),
    };
  }
  if (right.kind === 'list') return combine(right, left, (a, b) => apply(b, a));
  const length =
    left.kind === 'series' ? left.values.length : right.kind === 'series' ? right.values.length : 0;
  const a = toSeries(left, length) ?? [];
  const b = toSeries(right, length) ?? [];
  return series(a.map((value, index) => both(value, b[index])));
}
