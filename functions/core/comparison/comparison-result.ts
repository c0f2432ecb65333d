import type { ComparisonJudge } from './comparison-judge.ts';
import type { ComparedStream } from './comparison-streams.ts';
import { enoughPairs } from './enough-pairs.ts';
import { type StreamResult, streamResult } from './stream-result.ts';

/** Why a comparison ended before all its pairs were used: the reason of whoever ended it. */
export type CutShort = string;

export interface ComparisonResult {
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly streams: readonly StreamResult[];
  /** The streams that the verdict rests on: proven worse, or still open. */
  readonly decisive: readonly StreamResult[];
  /** Pairs told to the judge, warm-up included. */
  readonly pairs: number;
  readonly warmUpPairs: number;
  /** Why it stopped. */
  readonly stopped: string;
  /** What would have been enough, for an inconclusive one. */
  readonly enough: string | undefined;
}

/** Verdict and numbers of a judge that has decided or was stopped; `cutShort` says why pairs ran out early. */
export function comparisonResult(
  judge: ComparisonJudge,
  cutShort?: CutShort | undefined,
): ComparisonResult {
  const { settings, streams } = judge;
  const state = judge.stop();
  const results = streams.map((stream) => streamResult(stream, settings));
  const verdict = state === 'worse' ? 'fail' : state === 'alike' ? 'pass' : 'inconclusive';
  const decisive = results.filter((result) =>
    verdict === 'fail'
      ? result.verdict === 'worse'
      : verdict === 'inconclusive' && result.verdict === 'open' && result.path !== undefined,
  );
  return {
    verdict,
    streams: results,
    decisive,
    pairs: judge.observed,
    warmUpPairs: judge.warmUp,
    stopped: stoppedBecause(judge, verdict, cutShort),
    enough: verdict === 'inconclusive' ? enough(judge, cutShort !== undefined) : undefined,
  };
}

function stoppedBecause(
  { observed, settings }: ComparisonJudge,
  verdict: ComparisonResult['verdict'],
  cutShort: string | undefined,
): string {
  if (cutShort !== undefined) return cutShort;
  if (verdict === 'fail') return 'the replacement was shown to be worse';
  if (observed < settings.pairs) return 'the replacement was shown not to be worse';
  return `all ${settings.pairs} pairs were used`;
}

function enough({ settings, streams, observed }: ComparisonJudge, cutShort: boolean): string {
  const denied = streams.find(({ required, alike, evidence }) => {
    return required && alike && evidence.deniesPass;
  });
  if (denied !== undefined) return enoughDespite(denied);
  const open = streams.filter(({ required, alike }) => required && !alike);
  const needs = open.map((stream) => {
    const pairs = enoughPairs(stream, settings);
    return pairs === undefined ? undefined : pairs - stream.evidence.pairs;
  });
  const known = needs.filter((need) => need !== undefined);
  if (known.length === needs.length) {
    const total = observed + known.reduce((sum, need) => sum + need, 0);
    return `about ${round(total)} pairs at what was seen`;
  }
  if (open.some(({ evidence }) => evidence.pairs === 0)) {
    return `more than the ${observed} pairs that were sent${cutShort ? ' before that' : ''}`;
  }
  const wider = open.some(({ metric }) => metric === 'latency')
    ? 'a wider gap between latency.slowdown and latency.detect'
    : 'a greater errorShare.detect';
  return `no reasonable number of pairs, for the difference seen lies at the bound itself; ${wider} would`;
}

/** What the numbers seen speak against, whatever the evidence. */
function enoughDespite({ metric }: ComparedStream): string {
  return metric === 'error-share'
    ? 'any answer of the replacement that is no error; look whether path and expectStatus are right'
    : 'a latency quantile below what latency.detect allows';
}

/** Two significant digits, upwards: more would pretend a precision that a projection has not. */
function round(pairs: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(pairs)) - 1);
  return Math.ceil(pairs / unit) * unit;
}
