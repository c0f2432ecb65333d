import type { ComparedPair, ComparisonSettings } from './comparison-settings.ts';
import { ErrorStream } from './error-stream.ts';
import { LatencyStream } from './latency-stream.ts';

export type ComparedMetric = 'error-share' | 'latency';

/** One metric of one path, or of all paths together, with its share of the false alarms. */
export interface ComparedStream {
  /** Undefined: all paths together. */
  readonly path: number | undefined;
  readonly metric: ComparedMetric;
  readonly evidence: ErrorStream | LatencyStream;
  /** Log of the evidence at which it fails. */
  readonly failsAt: number;
  /** Whether a pass needs it: all paths together cannot be worse than each. */
  readonly required: boolean;
  /** Whether the evidence for a pass was ever enough. */
  alike: boolean;
}

/**
 * The streams of a comparison. The false alarms are split among them, so that the chance that any raises one is
 * the sum. Each metric gets the same share; of several paths, all together get half of it, for a defect that
 * all have shows there first, and each by itself an equal part of the rest.
 */
export function comparisonStreams(settings: ComparisonSettings): ComparedStream[] {
  const metrics: ComparedMetric[] =
    settings.latency === undefined ? ['error-share'] : ['error-share', 'latency'];
  const perMetric = settings.falseAlarm / metrics.length;
  const count = settings.paths.length;
  return metrics.flatMap((metric) => {
    const stream = (path: number | undefined, share: number): ComparedStream => ({
      path,
      metric,
      evidence: evidenceOf(metric, settings),
      failsAt: -Math.log(perMetric * share),
      required: path !== undefined,
      alike: false,
    });
    if (count === 1) return [stream(0, 1)];
    return [stream(undefined, 0.5), ...settings.paths.map((_, path) => stream(path, 0.5 / count))];
  });
}

function evidenceOf(metric: ComparedMetric, settings: ComparisonSettings) {
  const { latency, errorShare, falsePass } = settings;
  if (metric === 'latency' && latency !== undefined) return new LatencyStream(latency);
  return new ErrorStream(errorShare.detect, -Math.log(falsePass));
}

/** Whether a pair belongs to a stream. */
export function concerns(stream: ComparedStream, pair: ComparedPair): boolean {
  return stream.path === undefined || stream.path === pair.path;
}

/** Whether a stream shows that the replacement is worse. */
export function provesWorse({ evidence, failsAt }: ComparedStream): boolean {
  if (evidence.logWorse < failsAt) return false;
  return evidence instanceof ErrorStream || evidence.isBeyondTolerance;
}

/** Whether the evidence for a pass is there, and nothing that was seen denies it. */
export function allowsPass({ evidence, alike }: ComparedStream): boolean {
  return alike && !evidence.deniesPass;
}
