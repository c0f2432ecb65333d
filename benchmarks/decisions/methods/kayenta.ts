import { isHigh } from '../rank-test.ts';
import { pairsPerMinute } from '../request-stream.ts';
import type { Method } from './method.ts';

/** Spinnaker's advice: at least fifty points for each metric. */
const minutes = 50;
const quantile = 0.95;

/**
 * Kayenta's judge on one-minute values of error share and p95, either of them High fails the release. Source:
 * NetflixACAJudge-v1.0, MannWhitneyClassifier.
 */
export const kayenta: Method = {
  name: 'Kayenta Mann-Whitney',
  decide: (stream) => {
    const errorsHigh = isHigh(
      perMinute(stream.replacementError, share),
      perMinute(stream.originalError, share),
    );
    const high =
      errorsHigh ||
      isHigh(
        perMinute(stream.replacementMs, nearestRank),
        perMinute(stream.originalMs, nearestRank),
      );
    return { verdict: high ? 'fail' : 'pass', requests: minutes * pairsPerMinute };
  },
};

function perMinute<T extends Uint8Array | Float64Array>(
  values: T,
  summary: (minute: T) => number,
): number[] {
  return Array.from({ length: minutes }, (_, minute) =>
    summary(values.slice(minute * pairsPerMinute, (minute + 1) * pairsPerMinute) as T),
  );
}

function share(minute: Uint8Array): number {
  return minute.reduce((sum, value) => sum + value, 0) / minute.length;
}

function nearestRank(minute: Float64Array): number {
  return minute.sort()[Math.ceil(quantile * minute.length) - 1] ?? 0;
}
