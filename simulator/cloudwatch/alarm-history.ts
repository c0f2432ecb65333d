import type {
  AlarmHistoryItem,
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmHistoryCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import type { AlarmStatus } from './alarm-status.ts';
import type { AnyAlarm } from './composite-alarm.ts';

/** CloudWatch keeps the history of alarms for 30 days. */
const retentionMs = 30 * 86_400_000;
/** So that a rehearsal of weeks does not fill the memory. */
const mostItems = 10_000;

interface Entry {
  readonly atMs: number;
  readonly item: AlarmHistoryItem;
}

/** A state as the history tells it, with its reason's data as an object (CLI reference, describe-alarm-history). */
export function historicState({ state, stateReason, stateReasonData }: AlarmStatus): object {
  return {
    stateValue: state,
    stateReason,
    ...(stateReasonData ? { stateReasonData: JSON.parse(stateReasonData) } : {}),
  };
}

/** What happened to alarms: changes of configuration and of state, and actions; also of deleted ones. */
export class AlarmHistory {
  readonly #entries: Entry[] = [];

  add(
    alarm: Pick<AnyAlarm, 'name' | 'kind'>,
    atMs: number,
    type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action',
    summary: string,
    data: object,
  ): void {
    this.#entries.push({
      atMs,
      item: {
        AlarmName: alarm.name,
        AlarmType: alarm.kind,
        Timestamp: new Date(atMs),
        HistoryItemType: type,
        HistorySummary: summary,
        HistoryData: JSON.stringify(data),
      },
    });
    while (
      this.#entries.length > mostItems ||
      (this.#entries[0]?.atMs ?? atMs) < atMs - retentionMs
    ) {
      this.#entries.shift();
    }
  }

  /** Newest first unless asked otherwise; metric alarms only unless AlarmTypes says more [model]. */
  describe(
    input: DescribeAlarmHistoryCommandInput,
  ): Omit<DescribeAlarmHistoryCommandOutput, '$metadata'> {
    const { AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, StartDate, EndDate } = input;
    const found = this.#entries
      .filter(
        ({ atMs, item }) =>
          (!AlarmName || item.AlarmName === AlarmName) &&
          AlarmTypes.some((type) => type === item.AlarmType) &&
          (!HistoryItemType || item.HistoryItemType === HistoryItemType) &&
          (!StartDate || atMs >= StartDate.getTime()) &&
          (!EndDate || atMs <= EndDate.getTime()),
      )
      .map(({ item }) => item);
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const { items, next } = pageOf(found, {
      token: input.NextToken,
      size: input.MaxRecords ?? 100,
      refuse: () => new AwsError('InvalidNextToken', 'The next token is not valid'),
    });
    return { AlarmHistoryItems: items, ...(next === undefined ? {} : { NextToken: next }) };
  }
}
