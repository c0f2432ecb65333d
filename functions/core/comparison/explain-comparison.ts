import type { ComparisonResult } from './comparison-result.ts';
import type { ComparisonSettings } from './comparison-settings.ts';
import type { StreamResult } from './stream-result.ts';

/** What was expected of a comparison, and what was seen, for people. */
export interface ComparisonWords {
  readonly expected: string;
  readonly observed: string;
}

/** Puts a result into words: the streams that decided, each with both sides, effect and interval. */
export function explainComparison(
  result: ComparisonResult,
  settings: ComparisonSettings,
): ComparisonWords {
  const pairs = `${result.pairs} pairs of requests`;
  if (result.verdict === 'fail') {
    const [first, ...others] = result.decisive;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return {
      expected: `the replacement to be no worse than the original (false alarms: ${percent(settings.falseAlarm)})`,
      observed: `${first === undefined ? '' : describe(first, settings)}${worstPath(first, result, settings)}${more} after ${pairs}`,
    };
  }
  const seen = result.streams.filter(({ path }) => path !== undefined);
  if (result.verdict === 'pass') {
    return {
      expected: `the replacement to be no worse than the original`,
      observed: `${seen.map((stream) => besides(stream, settings)).join(', ')}; ${ruledOut(settings)}; ${pairs}`,
    };
  }
  const open = result.decisive.map((stream) => describe(stream, settings)).join('; ');
  return {
    expected: `a clear difference or none`,
    observed: `${pairs} that do not tell (${result.stopped}): ${open}; enough would have been ${result.enough}`,
  };
}

/** A pass needs no intervals: they are in the evidence. */
function besides(stream: StreamResult, { latency: settings }: ComparisonSettings): string {
  const { path, metric, original, replacement } = stream;
  return metric === 'latency'
    ? `${path} quantile ${settings?.quantile} ${milliseconds(replacement)} beside ${milliseconds(original)}`
    : `${path} ${percent(replacement)} errors beside ${percent(original)}`;
}

function ruledOut({ errorShare, latency: settings }: ComparisonSettings): string {
  const slower = settings === undefined ? '' : ` and ${settings.detect} times slower`;
  return `shown not to be ${points(errorShare.detect)} worse${slower}`;
}

/** All paths together say that something is wrong, the worst of them says where. */
function worstPath(
  proof: StreamResult | undefined,
  { streams }: ComparisonResult,
  settings: ComparisonSettings,
): string {
  if (proof === undefined || proof.path !== undefined) return '';
  const [worst] = streams
    .filter(({ path, metric, effect }) => path && metric === proof.metric && effect !== undefined)
    .sort((left, right) => (right.effect ?? 0) - (left.effect ?? 0));
  return worst === undefined ? '' : `, worst ${describe(worst, settings)}`;
}

function describe(stream: StreamResult, settings: ComparisonSettings): string {
  const path = stream.path ?? 'all paths';
  if (stream.pairs === 0) return `${path}: nothing judged`;
  return stream.metric === 'latency'
    ? `${path}: ${latency(stream, settings)}`
    : `${path}: ${errorShares(stream, settings)}`;
}

function errorShares(
  { original, replacement, effect, interval, verdict }: StreamResult,
  settings: ComparisonSettings,
): string {
  const sides = `${percent(replacement)} errors at the replacement, ${percent(original)} at the original`;
  const range = `difference ${points(effect ?? 0)}, 95 % interval ${points(interval.low)} to ${points(interval.high)}`;
  const bound =
    verdict === 'alike' ? `, shown to be below ${points(settings.errorShare.detect)}` : '';
  return `${sides} (${range}${bound})`;
}

function latency(
  { original, replacement, effect, interval, verdict }: StreamResult,
  { latency: settings }: ComparisonSettings,
): string {
  const quantile = `latency quantile ${settings?.quantile}`;
  const sides = `${quantile} ${milliseconds(replacement)} at the replacement, ${milliseconds(original)} at the original`;
  const range = `factor ${factor(effect ?? 1)}, 95 % interval ${factor(interval.low)} to ${factor(interval.high)}`;
  const bound =
    verdict === 'worse'
      ? `, tolerated ${settings?.slowdown}`
      : verdict === 'alike'
        ? `, its tail shown to be below ${settings?.detect}`
        : '';
  return `${sides} (${range}${bound})`;
}

/** Two significant digits, so that 0.1 % and 12 % are both readable. */
function percent(share: number): string {
  return `${short(100 * share)} %`;
}

function points(difference: number): string {
  return `${short(100 * difference)} points`;
}

function milliseconds(duration: number): string {
  return Number.isFinite(duration) ? `${short(duration)} ms` : 'no answer';
}

function factor(ratio: number): string {
  return Number.isFinite(ratio) ? short(ratio) : 'any';
}

function short(value: number): string {
  return String(Number(Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2)));
}
