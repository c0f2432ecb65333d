import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { World } from '../../core/world.ts';
import type { Execution } from '../executions/execution.ts';
import { logGroupName } from './log-destination.ts';
import { logEntry } from './log-entry.ts';
import { isLogged } from './log-levels.ts';

/** Writes the events of executions to the log groups of their machines. */
export class ExecutionLogs {
  readonly #world: World;
  /** By log group, machine and day. */
  readonly #streams = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** To be called before the first event of an execution, and of each redrive. */
  follow(execution: Execution): void {
    const { level = 'OFF', destinations = [], includeExecutionData } = execution.machine.logging;
    const group = logGroupName(destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn);
    if (level === 'OFF' || group === undefined) return;
    execution.history.onEvent = (event) => {
      if (isLogged(level, event.type ?? 'ExecutionStarted')) {
        this.#write(group, execution, event, includeExecutionData ?? false);
      }
    };
  }

  /** Best effort: a group that was deleted meanwhile gets nothing (recorded AWS answers). */
  #write(group: string, execution: Execution, event: HistoryEvent, withData: boolean): void {
    const { logs } = this.#world.services;
    if (!logs.hasGroup(group)) return;
    const stream = this.#stream(group, execution.machine.name.replace(/\/.*$/, ''));
    logs.append(group, stream, JSON.stringify(logEntry(execution, event, withData)));
  }

  /** `states/NAME/2022-11-10-15-50/7851b2d9`, as published samples have it. */
  #stream(group: string, machineName: string): string {
    const minute = new Date(this.#world.clock.now()).toISOString().slice(0, 16);
    const key = `${group} ${machineName} ${minute.slice(0, 10)}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const time = minute.replace(/[T:]/g, '-');
    const stream = `states/${machineName}/${time}/${this.#world.ids.hex(8)}`;
    this.#streams.set(key, stream);
    return stream;
  }
}
