import type { World } from '../../core/world.ts';
import type { State } from '../definition/workflow.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { ServiceCalls } from '../integrations/sdk/service-calls.ts';
import type { Run } from '../interpreter/run.ts';
import { runBranch } from '../interpreter/run-branch.ts';
import { Dropped, Scope } from '../interpreter/scope.ts';
import { StatesError } from '../interpreter/states-error.ts';
import { Track } from '../interpreter/track.ts';
import { Visit } from '../interpreter/visit.ts';
import type { ExecutionLogs } from '../logging/execution-logs.ts';
import type { ChildExecutions } from '../map-runs/child-executions.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import type { JsonPathLanguage } from '../query/jsonpath/json-path-language.ts';
import type { QueryLanguage } from '../query/query-language.ts';
import type { TaskTokens } from '../task-tokens.ts';
import type { Trial } from '../test-state/trial.ts';
import { type Tried, tryState } from '../test-state/try-state.ts';
import type { Ending, Execution } from './execution.ts';
import { complete, type EventDetails } from './history.ts';
import { longestExecutionMs } from './redrive-eligibility.ts';
import { publishStatus } from './status-event.ts';

export interface Machinery {
  readonly world: World;
  readonly query: QueryLanguage;
  readonly paths: JsonPathLanguage;
  readonly tokens: TaskTokens;
  readonly integrations: Pick<Integrations, 'find'>;
  readonly calls: Pick<ServiceCalls, 'call'>;
  readonly mapRuns: MapRuns;
  readonly children: ChildExecutions;
  readonly logs: ExecutionLogs;
  /** False once the machine is being deleted: executions end at their next transition. */
  mayContinue(execution: Execution): boolean;
  ended(execution: Execution): void;
}

/** Longest time that a state may be tried for (TestState page). */
const longestTestMs = 5 * 60_000;
/** Longest time an Express execution may take (quotas page). */
const longestExpressMs = 5 * 60_000;

/** Drives executions from start or redrive to their end. */
export class ExecutionRunner {
  readonly #machinery: Machinery;
  readonly #scopes = new Map<Execution, Scope>();

  constructor(machinery: Machinery) {
    this.#machinery = machinery;
  }

  /** Writes ExecutionStarted or ExecutionRedriven and runs on in the background. */
  begin(execution: Execution, event: 'ExecutionStarted' | 'ExecutionRedriven'): void {
    const { world } = this.#machinery;
    const scope = new Scope(world.clock);
    this.#scopes.set(execution, scope);
    this.#machinery.logs.follow(execution);
    const track = new Track(execution.history, beginTrack(execution, event));
    this.#limitTime(execution, scope);
    if (sendsEvents(world, execution)) publishStatus(world, execution);
    void this.#drive(execution, { scope, track });
  }

  /** Ends a running execution from outside: at once, with everything it waits for. */
  stop(execution: Execution, error: string | undefined, cause: string | undefined): void {
    const details = {
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
    this.#end(execution, 0, { status: 'ABORTED', ...details });
  }

  /** Tries one state of an execution that nobody else knows; its five minutes are AWS's (TestState page). */
  async tryState(
    execution: Execution,
    name: string,
    trial: Trial,
    integrations: Machinery['integrations'] = this.#machinery.integrations,
  ): Promise<Tried> {
    const { world } = this.#machinery;
    const scope = new Scope(world.clock);
    this.#scopes.set(execution, scope);
    const beforeTransition = () => {};
    const run: Run = { ...this.#machinery, integrations, execution, trial, beforeTransition };
    const branch = execution.root;
    const position = {
      state: name,
      input: execution.input,
      enteredEventId: 0,
      enteredAtMs: world.clock.now(),
    };
    const state = branch.workflow.States[name] as State;
    const track = new Track(execution.history, 0);
    scope.timer(longestTestMs, () => scope.drop('ended'));
    try {
      return await tryState(
        new Visit({ run, branch, track, scope, state, position, resumed: false }),
      );
    } catch (error) {
      if (error instanceof Dropped) return { status: 'FAILED', error: 'States.Timeout' };
      throw error;
    } finally {
      this.#scopes.delete(execution);
      scope.drop('ended');
    }
  }

  /** Drops every running execution without a trace, for the simulator's own end. */
  dropAll(): void {
    for (const scope of this.#scopes.values()) scope.drop('ended');
    this.#scopes.clear();
  }

  async #drive(execution: Execution, line: { scope: Scope; track: Track }): Promise<void> {
    const run: Run = {
      ...this.#machinery,
      execution,
      beforeTransition: () => {
        if (this.#machinery.mayContinue(execution)) return;
        this.stop(execution, undefined, undefined);
        throw new Dropped('ended');
      },
    };
    try {
      const output = await runBranch(run, execution.root, line);
      line.scope.throwIfDropped();
      const text = JSON.stringify(output);
      this.#end(execution, line.track.previousEventId, { status: 'SUCCEEDED', output: text });
    } catch (error) {
      if (error instanceof Dropped || line.scope.dropped) return;
      const failure =
        error instanceof StatesError ? error : new StatesError('States.Runtime', String(error));
      const ending = { status: 'FAILED', ...failure.eventDetails } as const;
      this.#end(execution, line.track.previousEventId, ending);
    }
  }

  /** A redrive starts the machine's own timeout afresh (aws-facts 5.5, redrive page). */
  #limitTime(execution: Execution, scope: Scope): void {
    const { clock } = this.#machinery.world;
    const expire = () => this.#end(execution, 0, { status: 'TIMED_OUT' });
    const { TimeoutSeconds } = execution.machine.workflow;
    if (TimeoutSeconds !== undefined) scope.timer(TimeoutSeconds * 1_000, expire);
    if (execution.express) {
      scope.timer(longestExpressMs, expire);
      return;
    }
    // Nobody waits for the year to pass, so it must not make time jump.
    const leftMs = execution.startMs + longestExecutionMs - clock.now();
    scope.onDrop(clock.schedule(leftMs, expire, 'background'));
  }

  #end(execution: Execution, previousEventId: number, how: Omit<Ending, 'atMs'>): void {
    const scope = this.#scopes.get(execution);
    if (!scope || execution.ending) return;
    this.#scopes.delete(execution);
    scope.drop('ended');
    const { world } = this.#machinery;
    execution.history.close(...closingEvent(how, previousEventId));
    execution.end({ ...how, atMs: world.clock.now() });
    const { status, error, cause, output } = how;
    world.journal.record('execution.ended', {
      executionArn: execution.arn,
      status,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      ...(output !== undefined && { output: JSON.parse(output) }),
    });
    this.#machinery.ended(execution);
    if (sendsEvents(world, execution)) publishStatus(world, execution);
  }
}

function sendsEvents({ settings }: World, { express, mapRun }: Execution): boolean {
  return !express && (mapRun === undefined || settings.mapRunChildEvents);
}

/** Returns what the next event names as its predecessor: 0 for the first state. */
function beginTrack(
  { history, inputText, machine, redriveCount }: Execution,
  event: 'ExecutionStarted' | 'ExecutionRedriven',
): number {
  if (event === 'ExecutionStarted') {
    history.append(event, 0, {
      executionStartedEventDetails: {
        input: inputText,
        inputDetails: complete,
        roleArn: machine.roleArn,
      },
    });
    return 0;
  }
  const last = history.events.at(-1)?.id ?? 0;
  return history.append(event, last, { executionRedrivenEventDetails: { redriveCount } });
}

/** Stopped and timed-out executions name no predecessor, and only the event names the timeout. */
function closingEvent(
  { status, output, error, cause }: Omit<Ending, 'atMs'>,
  previousEventId: number,
): [
  'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionAborted' | 'ExecutionTimedOut',
  number,
  EventDetails,
] {
  const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (status) {
    case 'SUCCEEDED':
      return [
        'ExecutionSucceeded',
        previousEventId,
        { executionSucceededEventDetails: { output, outputDetails: complete } },
      ];
    case 'FAILED':
      return ['ExecutionFailed', previousEventId, { executionFailedEventDetails: details }];
    case 'ABORTED':
      return ['ExecutionAborted', previousEventId, { executionAbortedEventDetails: details }];
    case 'TIMED_OUT':
      return [
        'ExecutionTimedOut',
        previousEventId,
        { executionTimedOutEventDetails: { error: 'States.Timeout' } },
      ];
  }
}
