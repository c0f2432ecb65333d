import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { compareSettings } from '../../../functions/core/comparison/settings-of-check.ts';
import { compareCheck } from '../../../functions/core/config/compare-schema.ts';
import type { RequestStream } from '../request-stream.ts';
import type { Decision, Method } from './method.ts';

/** The defaults of the configuration, with latency compared too. */
export const greengateSettings = compareSettings(
  compareCheck.parse({ type: 'compare', paths: ['/'], latency: {} }),
);

/** The same, asked not to overlook two points more of errors. */
const closer = compareSettings(
  compareCheck.parse({ type: 'compare', paths: ['/'], latency: {}, errorShare: { detect: 0.02 } }),
);

/** The judge that the hook runs. */
export const greengate: Method = {
  name: 'Greengate',
  decide: (stream) => decide(stream, greengateSettings),
};

export const greengateCloser: Method = {
  name: 'Greengate, detect 2 %',
  decide: (stream) => decide(stream, closer),
};

function decide(stream: RequestStream, settings: typeof greengateSettings): Decision {
  const judge = new ComparisonJudge(settings);
  for (let at = 0; at < stream.pairs && judge.state === 'running'; at++) {
    judge.observe({
      path: 0,
      original: { error: stream.originalError[at] === 1, durationMs: stream.originalMs[at] ?? 0 },
      replacement: {
        error: stream.replacementError[at] === 1,
        durationMs: stream.replacementMs[at] ?? 0,
      },
    });
  }
  const state = judge.stop();
  const verdict = state === 'worse' ? 'fail' : state === 'alike' ? 'pass' : 'inconclusive';
  return { verdict, requests: judge.observed };
}
