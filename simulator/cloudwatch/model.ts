import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { CloudWatchService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { MetricAlarmRecord } from './alarm.ts';
import { AlarmBook } from './alarm-book.ts';
import type { AlarmState } from './alarm-evaluation.ts';
import type { AnyAlarm } from './composite-alarm.ts';
import { Dashboards } from './dashboards.ts';
import { watchJournal } from './journal-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { unitOfMetric } from './metric-units.ts';
import { TagBook } from './tag-book.ts';

/** Metrics, alarms and dashboards. */
export class CloudWatchModel implements CloudWatchService {
  readonly metrics: MetricStore;
  readonly tags = new TagBook();
  readonly dashboards = new Dashboards();
  readonly book: AlarmBook;
  readonly #world: World;
  readonly #unwatch: () => void;

  constructor(world: World) {
    this.#world = world;
    this.metrics = new MetricStore(() => world.clock.now());
    this.book = new AlarmBook(world, this.metrics, this.tags);
    this.#unwatch = watchJournal(world, this);
  }

  putMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    value: number;
  }): void {
    const { namespace, name, dimensions, value } = metric;
    this.metrics.put(
      { namespace, name, dimensions: { ...dimensions } },
      {
        atMs: this.#world.clock.now(),
        sampleCount: 1,
        sum: value,
        minimum: value,
        maximum: value,
        values: [[value, 1]],
      },
      unitOfMetric(namespace, name),
    );
  }

  holdMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    values: readonly number[];
  }): void {
    const { namespace, name, dimensions, values } = metric;
    const id = { namespace, name, dimensions: { ...dimensions } };
    this.metrics.hold(id, values, unitOfMetric(namespace, name));
  }

  putAlarm(input: PutMetricAlarmInput): MetricAlarmRecord {
    return this.book.putMetric(input);
  }

  deleteAlarms(names: readonly string[]): void {
    this.book.delete(names);
  }

  alarms(): AnyAlarm[] {
    return this.book.all();
  }

  alarmStates(names: readonly string[]): { name: string; state: AlarmState }[] {
    return this.alarms()
      .filter(({ name }) => names.includes(name))
      .map(({ name, state }) => ({ name, state }));
  }

  setAlarmState(name: string, state: AlarmState, reason: string, reasonData?: string): void {
    this.book.setState(name, state, reason, reasonData);
  }

  dashboardArn(name: string): string {
    // Dashboards belong to the account, not to a Region.
    return arn({ ...this.#world.identity, region: '' }, 'cloudwatch', `dashboard/${name}`);
  }

  /** Makes sure that an alarm or dashboard has this ARN. */
  requireResource(resourceArn: string | undefined): string {
    const known =
      this.alarms().some((alarm) => alarm.arn === resourceArn) ||
      this.dashboards.all().some(({ name }) => this.dashboardArn(name) === resourceArn);
    if (known && resourceArn) return resourceArn;
    throw new AwsError('ResourceNotFoundException', `Unknown ${resourceArn}`);
  }

  stop(): void {
    this.book.stop();
    this.#unwatch();
  }
}
