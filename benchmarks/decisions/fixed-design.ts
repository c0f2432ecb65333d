import { greengateSettings } from './methods/greengate.ts';
import { normalQuantile } from './normal-quantile.ts';

const { falseAlarm, falsePass, errorShare } = greengateSettings;

/** The false alarms are split over errors and latency, as ours are. */
export const alphaPerMetric = falseAlarm / 2;

/** The greatest share of the original for which the design must still keep its word: the range. */
const greatestShare = 0.05;

/** Pairs that a person plans who wants what ours promises: see `pairsFor`, at the greatest share of the original. */
export const fixedPairs = pairsFor(greatestShare);

/**
 * Requests to each side so that a one-sided test of two shares, at the same false-alarm rate, overlooks an
 * increase by `detect` with the same chance that ours lets it pass. The share of the original has to be assumed,
 * for a fixed size is fixed before anything is seen. Source: Fleiss, Levin, Paik 2003, formula 4.14.
 */
export function pairsFor(originalShare: number): number {
  const worse = originalShare + errorShare.detect;
  const mean = (originalShare + worse) / 2;
  const variance = originalShare * (1 - originalShare) + worse * (1 - worse);
  const numerator =
    normalQuantile(1 - alphaPerMetric) * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(1 - falsePass) * Math.sqrt(variance);
  return Math.ceil((numerator / errorShare.detect) ** 2);
}
