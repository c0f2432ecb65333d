import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { LatencySettings, PairedOutcome } from './comparison-settings.ts';
import { GroupRace } from './group-race.ts';
import { RecentThresholds } from './recent-thresholds.ts';

/** Log of the evidence against the replacement above which a pass waits. */
const suspicion = Math.log(2);

/**
 * The tail above a quantile, from the slowest answers outwards in: a threshold far out sees what only the tail
 * suffers, one further in sees more pairs.
 */
function tailLevels(quantile: number): { readonly level: number; readonly weight: number }[] {
  return [
    { level: inward(quantile, 5), weight: 0.5 },
    { level: inward(quantile, 2), weight: 0.25 },
    { level: quantile, weight: 0.25 },
  ];
}

/** Where latencies are compared for a pass: beside the quantile, where there is two and a half times as much to see. */
export function alikeLevel(quantile: number): number {
  return inward(quantile, 2.5);
}

/** The level whose tail is `times` as heavy, but not beyond half the quantile. */
function inward(quantile: number, times: number): number {
  return Math.max(1 - times * (1 - quantile), quantile / 2);
}

/** Latencies of both sides on one path, or on all: the evidence for either verdict. */
export class LatencyStream {
  readonly original = new LatencyHistogram();
  readonly replacement = new LatencyHistogram();
  readonly #settings: LatencySettings;
  readonly #levels: readonly { readonly level: number; readonly weight: number }[];
  readonly #worse: readonly GroupRace[];
  readonly #alike = new GroupRace();
  readonly #worseThresholds: RecentThresholds;
  readonly #alikeThresholds: RecentThresholds;
  #pairs = 0;

  constructor(settings: LatencySettings) {
    this.#settings = settings;
    this.#levels = tailLevels(settings.quantile);
    this.#worse = this.#levels.map(() => new GroupRace());
    this.#worseThresholds = new RecentThresholds(this.#levels.map(({ level }) => level));
    this.#alikeThresholds = new RecentThresholds([alikeLevel(settings.quantile)]);
  }

  get pairs(): number {
    return this.#pairs;
  }

  /** Log of the evidence that the replacement is slower than tolerated: the mean of that at each threshold. */
  get logWorse(): number {
    const sum = this.#levels.reduce(
      (total, { weight }, at) => total + weight * Math.exp(this.#worse[at]?.logEvidence ?? 0),
      0,
    );
    return Math.log(sum);
  }

  /** Log of the evidence that it is not slower by the factor `detect`. */
  get logAlike(): number {
    return this.#alike.logEvidence;
  }

  /**
   * Whether the quantile itself is slower than tolerated, as far as it was seen: evidence from further in shall
   * not fail a release whose quantile looks well.
   */
  get isBeyondTolerance(): boolean {
    return this.#isBeyond(this.#settings.slowdown);
  }

  /**
   * Whether the quantile is slower even by the factor that must not go unnoticed: a stall is one event to the
   * evidence, however many requests it held up, and a pass beside such a number would be believed by nobody.
   */
  get deniesPass(): boolean {
    return this.#isBeyond(this.#settings.detect);
  }

  get isSuspicious(): boolean {
    return this.logWorse > suspicion;
  }

  /** Bets on the replacement being slower, at each threshold. */
  get worseBets(): readonly { readonly accused: number; readonly other: number }[] {
    return this.#worse.map((race) => race.bets);
  }

  /** Bets on the replacement being faster than a slowdown by `detect`. */
  get bets(): { readonly accused: number; readonly other: number } {
    return this.#alike.bets;
  }

  observe(original: PairedOutcome, replacement: PairedOutcome): void {
    const { slowdown, detect, toleranceMs } = this.#settings;
    const slowMs = replacement.durationMs;
    const toleratedMs = stretched(original.durationMs, slowdown, toleranceMs);
    const excludedMs = stretched(original.durationMs, detect, toleranceMs);
    this.#pairs += 1;
    this.original.record(original.durationMs);
    this.replacement.record(slowMs);
    const worse = this.#worseThresholds.current;
    const [alike] = this.#alikeThresholds.current ?? [];
    worse?.forEach((threshold, at) => {
      this.#worse[at]?.observe(slowMs > threshold, toleratedMs > threshold);
    });
    if (alike !== undefined) this.#alike.observe(excludedMs > alike, slowMs > alike);
    this.#worseThresholds.add(slowMs, toleratedMs);
    this.#alikeThresholds.add(slowMs, excludedMs);
  }

  #isBeyond(factor: number): boolean {
    const { quantile, toleranceMs } = this.#settings;
    const original = this.original.quantile(quantile) ?? 0;
    return (this.replacement.quantile(quantile) ?? 0) > stretched(original, factor, toleranceMs);
  }
}

/** A factor, but never less than the tolerance: nobody minds 3 ms instead of 2. */
function stretched(durationMs: number, factor: number, toleranceMs: number): number {
  return Math.max(factor * durationMs, durationMs + toleranceMs);
}
