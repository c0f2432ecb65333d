import { logMarginEvidence } from '../statistics/margin-process.ts';
import { logSignEvidence } from '../statistics/sign-process.ts';
import type { ComparisonSettings } from './comparison-settings.ts';
import type { ComparedStream } from './comparison-streams.ts';
import { ErrorStream } from './error-stream.ts';

/** A projection further than this many times the pairs seen would be fiction. */
const furthest = 50;

/**
 * How many pairs of this stream would have been enough, if what was seen had gone on alike: the least multiple
 * of the evidence that decides either way. Undefined when none within reason does.
 */
export function enoughPairs(
  stream: ComparedStream,
  settings: ComparisonSettings,
): number | undefined {
  const { evidence, failsAt } = stream;
  const passesAt = -Math.log(settings.falsePass);
  const decided = (times: number) => {
    const { worse, alike } = projected(stream, settings, times);
    return worse >= failsAt || alike >= passesAt;
  };
  if (!decided(furthest)) return undefined;
  let [low, high] = [1, furthest];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (decided(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high * evidence.pairs);
}

function projected(
  { evidence }: ComparedStream,
  { errorShare }: ComparisonSettings,
  times: number,
): { worse: number; alike: number } {
  if (evidence instanceof ErrorStream) {
    const { plus, zero, minus } = evidence.differences;
    return {
      worse: signs(evidence.bets, times),
      alike: logMarginEvidence(
        { plus: times * plus, zero: times * zero, minus: times * minus },
        errorShare.detect,
      ),
    };
  }
  return {
    worse: Math.max(...evidence.worseBets.map((bets) => signs(bets, times))),
    alike: signs(evidence.bets, times),
  };
}

function signs(bets: { readonly accused: number; readonly other: number }, times: number): number {
  return logSignEvidence(times * bets.accused, times * bets.other);
}
