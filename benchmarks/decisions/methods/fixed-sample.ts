import { fisherGreater } from '../fisher-exact.ts';
import { alphaPerMetric, fixedPairs } from '../fixed-design.ts';
import type { RequestStream } from '../request-stream.ts';
import { greengateSettings } from './greengate.ts';
import type { Method } from './method.ts';

const { quantile, slowdown } = greengateSettings.latency ?? { quantile: 0.95, slowdown: 1.2 };

/**
 * The textbook design: a number of pairs fixed beforehand, then Fisher's exact test on the errors, and on the
 * answers above the common quantile of replacement and tolerated original. It cannot say that it does not know.
 */
export const fixedSample: Method = {
  name: 'fixed-sample Fisher',
  decide: (stream) => {
    const errors = fisherGreater(
      count(stream.replacementError),
      count(stream.originalError),
      fixedPairs,
    );
    const fails = errors <= alphaPerMetric || slowerThanTolerated(stream);
    return { verdict: fails ? 'fail' : 'pass', requests: fixedPairs };
  },
};

function count(errors: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < fixedPairs; at++) sum += errors[at] ?? 0;
  return sum;
}

function slowerThanTolerated(stream: RequestStream): boolean {
  const pooled = new Float64Array(2 * fixedPairs);
  for (let at = 0; at < fixedPairs; at++) {
    pooled[2 * at] = slowdown * (stream.originalMs[at] ?? 0);
    pooled[2 * at + 1] = stream.replacementMs[at] ?? 0;
  }
  const threshold = pooled.slice().sort()[Math.ceil(quantile * pooled.length) - 1] ?? 0;
  let [original, replacement] = [0, 0];
  for (let at = 0; at < fixedPairs; at++) {
    if ((pooled[2 * at] ?? 0) > threshold) original += 1;
    if ((pooled[2 * at + 1] ?? 0) > threshold) replacement += 1;
  }
  return fisherGreater(replacement, original, fixedPairs) <= alphaPerMetric;
}
