import type { Random } from '../../functions/core/comparison/seeded-random.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Draws one latency in milliseconds. */
export type LatencyModel = (random: Random) => number;

const medianMs = 50;
const sigma = 0.5;
const tailFrom = 0.9;
const tailIndex = 1.5;
const tailStartMs = medianMs * Math.exp(sigma * normalQuantile(tailFrom));

/** A usual service: median 50 ms, p95 114 ms. */
export const lognormal: LatencyModel = (random) =>
  medianMs * Math.exp(sigma * standardNormal(random));

/**
 * The same service up to p90, above it a Pareto tail of index 1.5: infinite variance, p95 151 ms, p99 441 ms, and
 * one request in ten thousand takes 10 s.
 */
export const heavyTailed: LatencyModel = (random) => {
  const rank = random();
  if (rank > tailFrom) return tailStartMs * ((1 - rank) / (1 - tailFrom)) ** (-1 / tailIndex);
  return medianMs * Math.exp(sigma * normalQuantile(Math.max(rank, 1e-12)));
};

/** Source: Box and Muller 1958. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
