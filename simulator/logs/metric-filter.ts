import type { MetricFilter, MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { compileFilterPattern, type FilterPattern } from './filter-pattern.ts';
import { numberOf } from './pattern-value.ts';

/** Metric filters of a log group. */
const filtersLimit = 100;
const minuteMs = 60_000;

interface KeptFilter {
  readonly shape: MetricFilter;
  readonly pattern: FilterPattern;
  readonly transformation: MetricTransformation;
  /** The minute for which a value or the default was published last. */
  publishedMinute: number;
}

/** The metric filters of one log group; each event that comes in is tried against them. */
export class MetricFilters {
  readonly #filters = new Map<string, KeptFilter>();

  put(shape: MetricFilter): void {
    const name = shape.filterName ?? '';
    if (!/^[^:*]{1,512}$/.test(name)) {
      throw new AwsError('InvalidParameterException', `Invalid filter name: ${name}`);
    }
    const [transformation, ...more] = shape.metricTransformations ?? [];
    if (!transformation || more.length > 0) {
      throw new AwsError(
        'InvalidParameterException',
        'A metric filter has exactly one metric transformation',
      );
    }
    checkTransformation(transformation);
    if (!this.#filters.has(name) && this.#filters.size >= filtersLimit) {
      throw new AwsError(
        'LimitExceededException',
        `A log group has at most ${filtersLimit} metric filters`,
      );
    }
    const pattern = compileFilterPattern(shape.filterPattern ?? '');
    this.#filters.set(name, { shape, pattern, transformation, publishedMinute: -1 });
  }

  delete(name: string): void {
    if (this.#filters.delete(name)) return;
    throw new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.');
  }

  all(): MetricFilter[] {
    return [...this.#filters.values()].map(({ shape }) => shape);
  }

  get size(): number {
    return this.#filters.size;
  }

  /** Publishes what the filters make of an event. */
  apply(world: World, message: string): void {
    for (const filter of this.#filters.values()) {
      const value = this.#valueOf(world, filter, message);
      if (value === undefined) continue;
      const { transformation, pattern } = filter;
      world.services.cloudwatch.putMetric({
        namespace: transformation.metricNamespace ?? '',
        name: transformation.metricName ?? '',
        dimensions: dimensionsOf(transformation, pattern, message),
        value,
      });
    }
  }

  /** The default stands for a minute whose events do not match; here for its first event (assumption). */
  #valueOf(world: World, filter: KeptFilter, message: string): number | undefined {
    const { pattern, transformation } = filter;
    const minute = Math.floor(world.clock.now() / minuteMs);
    if (pattern.matches(message)) {
      const { metricValue = '' } = transformation;
      const text = metricValue.startsWith('$')
        ? pattern.extract(message, metricValue)
        : metricValue;
      const value = text === undefined ? undefined : numberOf(text);
      if (value !== undefined) filter.publishedMinute = minute;
      return value;
    }
    if (transformation.defaultValue === undefined || filter.publishedMinute === minute)
      return undefined;
    filter.publishedMinute = minute;
    return transformation.defaultValue;
  }
}

function checkTransformation(transformation: MetricTransformation): void {
  const { metricNamespace = '', metricName = '', metricValue = '', dimensions } = transformation;
  const refuse = (message: string) => new AwsError('InvalidParameterException', message);
  if (!metricName || !metricNamespace || metricNamespace.startsWith('AWS/')) {
    throw refuse(`Invalid metric: ${metricNamespace} ${metricName}`);
  }
  if (!metricValue.startsWith('$') && numberOf(metricValue) === undefined) {
    throw refuse(`Invalid metric transformation: metricValue ${metricValue} is not a number`);
  }
  const count = Object.keys(dimensions ?? {}).length;
  if (count > 3) throw refuse('A metric filter has at most 3 dimensions');
  if (count > 0 && transformation.defaultValue !== undefined) {
    throw refuse(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    );
  }
}

function dimensionsOf(
  { dimensions = {} }: MetricTransformation,
  pattern: FilterPattern,
  message: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dimensions).flatMap(([name, selector]) => {
      const value = pattern.extract(message, selector);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
