import type { ExecutionRedriveFilter, ExecutionStatus } from '@aws-sdk/client-sfn';
import { arn } from '../../core/arns.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { exceedsDataLimit, nestsTooDeeply, tooDeep } from '../interpreter/data-limit.ts';
import { requireName } from '../machines/resource-name.ts';
import type { StartTarget } from '../machines/state-machine.ts';
import type { ChildRequest } from '../map-runs/child-executions.ts';
import { Execution } from './execution.ts';
import type { ExecutionRunner } from './execution-runner.ts';
import { redriveEligibility } from './redrive-eligibility.ts';

const rememberedTokens = 10;
const tokenLifetimeMs = 15 * 60_000;
/** How long a closed execution keeps its name (aws-facts 5.1). */
const nameReservedMs = 90 * 86_400_000;

export interface StartRequest extends StartTarget {
  readonly name?: string | undefined;
  /** JSON text; `{}` when absent. */
  readonly input?: string | undefined;
}

export interface ExecutionFilter {
  readonly machineArn?: string | undefined;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
  readonly status?: ExecutionStatus | undefined;
  readonly redriven?: ExecutionRedriveFilter | undefined;
  readonly mapRunArn?: string | undefined;
}

/** All executions, and the rules of starting, stopping and redriving them (aws-facts 5.1, 5.5). */
export class Executions {
  readonly #world: World;
  readonly #runner: ExecutionRunner;
  readonly #byArn = new Map<string, Execution>();

  constructor(world: World, runner: ExecutionRunner) {
    this.#world = world;
    this.#runner = runner;
  }

  start({ name: given, input = '{}', ...target }: StartRequest): Execution {
    const { machine } = target;
    const name = given ?? this.#world.ids.uuid();
    requireName(name);
    requireJson(input);
    const nowMs = () => this.#world.clock.now();
    // Express executions of one name are different ones, and nothing lists them.
    const express = machine.type === 'EXPRESS';
    const executionArn = arn(
      this.#world.identity,
      'states',
      express
        ? `express:${machine.name}:${name}:${this.#world.ids.uuid()}`
        : `execution:${machine.name}:${name}`,
    );
    const taken = this.#byArn.get(executionArn);
    if (taken && !nameIsFree(taken, nowMs())) return repeatedStart(taken, input);
    const execution = new Execution({
      ...target,
      arn: executionArn,
      name,
      inputText: input,
      nowMs,
    });
    if (!express) this.#byArn.set(executionArn, execution);
    this.#world.journal.record('execution.started', { executionArn, name, input: execution.input });
    this.#runner.begin(execution, 'ExecutionStarted');
    return execution;
  }

  /** A Map Run's child: no name to choose, and an Express one can be described as well. */
  startChild({ machine, inputText, mapRunArn, itemCount }: ChildRequest): Execution {
    const { identity, ids, clock, journal } = this.#world;
    const name = ids.uuid();
    const resource =
      machine.type === 'EXPRESS'
        ? `express:${machine.name}:${name}:${ids.uuid()}`
        : `execution:${machine.name}:${name}`;
    const execution = new Execution({
      arn: arn(identity, 'states', resource),
      name,
      machine,
      inputText,
      nowMs: () => clock.now(),
      mapRun: { mapRunArn, itemCount },
    });
    this.#byArn.set(execution.arn, execution);
    journal.record('execution.started', {
      executionArn: execution.arn,
      name,
      input: execution.input,
    });
    this.#runner.begin(execution, 'ExecutionStarted');
    return execution;
  }

  /** Stopping what has ended already changes nothing. */
  stop(executionArn: string, error?: string, cause?: string): Execution {
    const execution = this.get(executionArn);
    this.#runner.stop(execution, error, cause);
    return execution;
  }

  /** Runs a failed execution on from the state that failed; returns the instant of the redrive. */
  redrive(executionArn: string, clientToken?: string): number {
    const execution = this.get(executionArn);
    const nowMs = this.#world.clock.now();
    const repeated = execution.redriveTokens.find(
      ({ token, redriveMs }) => token === clientToken && nowMs - redriveMs < tokenLifetimeMs,
    );
    if (repeated) return repeated.redriveMs;
    const { redriveStatus, redriveStatusReason } = redriveEligibility(execution, nowMs);
    if (redriveStatus !== 'REDRIVABLE') {
      const reason = redriveStatusReason ?? 'it is redriven with the execution of its Map Run';
      throw new AwsError('ExecutionNotRedrivable', `Cannot redrive ${executionArn}: ${reason}`);
    }
    if (clientToken !== undefined) {
      execution.redriveTokens.push({ token: clientToken, redriveMs: nowMs });
      execution.redriveTokens.splice(0, execution.redriveTokens.length - rememberedTokens);
    }
    this.#beginAgain(execution, nowMs);
    return nowMs;
  }

  /** With the execution of its Map Run; false, and nothing done, when AWS would not redrive it. */
  redriveChild(execution: Execution): boolean {
    const nowMs = this.#world.clock.now();
    const { redriveStatus } = redriveEligibility(execution, nowMs);
    if (redriveStatus !== 'REDRIVABLE_BY_MAP_RUN') return false;
    this.#beginAgain(execution, nowMs);
    return true;
  }

  stopChild(execution: Execution): void {
    this.#runner.stop(execution, undefined, undefined);
  }

  get(executionArn: string): Execution {
    const [, , , , , kind] = executionArn.split(':');
    if (kind === 'express') {
      const message = "Invalid Arn: 'Resource type not valid in this context: express'";
      throw new AwsError('InvalidArn', message);
    }
    if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/.test(executionArn)) {
      throw new AwsError('InvalidArn', `Invalid Arn: '${executionArn}'`);
    }
    const execution = this.#byArn.get(executionArn);
    if (execution) return execution;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }

  /** As `get`, and Express children of Map Runs besides (API reference, DescribeExecution). */
  describable(executionArn: string): Execution {
    const child = this.#byArn.get(executionArn);
    return child?.express ? child : this.get(executionArn);
  }

  /** Newest first. */
  list(filter: ExecutionFilter): Execution[] {
    const { machineArn, versionArn, aliasArn, status, redriven, mapRunArn } = filter;
    return [...this.#byArn.values()].reverse().filter((execution) => {
      if (mapRunArn !== undefined && execution.mapRun?.mapRunArn !== mapRunArn) return false;
      if (machineArn !== undefined && execution.machine.arn !== machineArn) return false;
      if (versionArn !== undefined && execution.versionArn !== versionArn) return false;
      if (aliasArn !== undefined && execution.aliasArn !== aliasArn) return false;
      if (status !== undefined && execution.status !== status) return false;
      return redriven === undefined || (redriven === 'REDRIVEN') === execution.redriveCount > 0;
    });
  }

  #beginAgain(execution: Execution, nowMs: number): void {
    execution.ending = undefined;
    execution.redriveCount++;
    execution.redriveMs = nowMs;
    const { arn: executionArn, redriveCount } = execution;
    this.#world.journal.record('execution.redriven', { executionArn, redriveCount });
    this.#runner.begin(execution, 'ExecutionRedriven');
  }
}

function nameIsFree({ ending }: Execution, nowMs: number): boolean {
  return ending !== undefined && nowMs - ending.atMs > nameReservedMs;
}

/** Idempotent only with the same input while the first is running (aws-facts 5.1). */
function repeatedStart(taken: Execution, input: string): Execution {
  if (taken.status === 'RUNNING' && taken.inputText === input) return taken;
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${taken.arn}'`);
}

/** The execution's input, when it is JSON within the limit. */
export function checkedInput(input: string): string {
  requireJson(input);
  return input;
}

function requireJson(input: string): void {
  let problem: string | undefined;
  if (exceedsDataLimit(input)) problem = 'longer than 262144 bytes';
  try {
    JSON.parse(input);
  } catch (error) {
    problem = (error as Error).message;
  }
  if (nestsTooDeeply(input)) problem = tooDeep;
  if (problem === undefined) return;
  const message = `Invalid State Machine Execution Input: '${problem}'`;
  throw new AwsError('InvalidExecutionInput', message);
}
