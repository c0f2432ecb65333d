import { arn } from '../core/arns.ts';
import type { StatesService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Activities } from './activities/activities.ts';
import { type ParseDefinition, parseDefinition } from './definition/parse-definition.ts';
import { Execution } from './executions/execution.ts';
import { ExecutionRunner } from './executions/execution-runner.ts';
import { checkedInput, Executions } from './executions/executions.ts';
import { Integrations } from './integrations/integrations.ts';
import { ExecutionLogs } from './logging/execution-logs.ts';
import type { StateMachine } from './machines/state-machine.ts';
import { StateMachines } from './machines/state-machines.ts';
import { MapRuns } from './map-runs/map-runs.ts';
import { JsonataLanguage } from './query/jsonata-language.ts';
import { JsonPathLanguage } from './query/jsonpath/json-path-language.ts';
import { TaskTokens } from './task-tokens.ts';
import type { TestedState } from './test-state/tested-state.ts';
import type { Trial } from './test-state/trial.ts';
import type { Tried } from './test-state/try-state.ts';

export interface StateTrial {
  readonly tested: TestedState;
  /** JSON text. */
  readonly input: string;
  readonly roleArn: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly trial: Trial;
  /** What Tasks call; default what they would call. */
  readonly integrations?: Pick<Integrations, 'find'>;
}

/** Step Functions (aws-facts 5). */
export class StatesModel implements StatesService {
  readonly machines: StateMachines;
  readonly executions: Executions;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  readonly mapRuns: MapRuns;
  readonly #runner: ExecutionRunner;
  readonly #world: World;
  readonly #integrations: Integrations;

  constructor(world: World, parse: ParseDefinition = parseDefinition) {
    this.#world = world;
    this.machines = new StateMachines(world, parse);
    this.tokens = new TaskTokens(world.random);
    this.activities = new Activities(world);
    this.mapRuns = new MapRuns(world);
    this.#integrations = new Integrations(world, this.activities);
    this.#runner = new ExecutionRunner({
      world,
      query: new JsonataLanguage(world),
      paths: new JsonPathLanguage(world),
      tokens: this.tokens,
      integrations: this.#integrations,
      calls: this.#integrations.calls,
      mapRuns: this.mapRuns,
      logs: new ExecutionLogs(world),
      children: {
        start: (request) => this.executions.startChild(request),
        redrive: (execution) => this.executions.redriveChild(execution),
        stop: (execution) => this.executions.stopChild(execution),
      },
      mayContinue: (execution) => !this.machines.isDeleting(execution.machine.arn),
      ended: (execution) => this.#finishDeletion(execution),
    });
    this.executions = new Executions(world, this.#runner);
  }

  startExecution(request: { stateMachineArn: string; name?: string; input: unknown }): {
    executionArn: string;
  } {
    const execution = this.executions.start({
      ...this.machines.startTarget(request.stateMachineArn),
      name: request.name,
      input: JSON.stringify(request.input),
    });
    return { executionArn: execution.arn };
  }

  /** State transitions billed so far: states entered, retries and redriven states (aws-facts 5.2). */
  stateTransitions(executionArn: string): number {
    return this.executions.get(executionArn).stateTransitions;
  }

  /** Runs one state of a machine that nobody else sees, and forgets it. */
  tryState(given: StateTrial): Promise<Tried> {
    const { tested, input, roleArn, variables, trial, integrations } = given;
    const { clock, identity, ids } = this.#world;
    const nowMs = clock.now();
    const { workflow, name } = tested;
    // An Express execution with names that mean nothing (recorded AWS answers).
    const machineName = ids.uuid();
    const executionName = ids.uuid();
    const machine: StateMachine = {
      arn: arn(identity, 'states', `stateMachine:${machineName}`),
      name: machineName,
      type: 'EXPRESS',
      status: 'ACTIVE',
      definition: '{}',
      workflow,
      roleArn,
      createdMs: nowMs,
      updatedMs: nowMs,
      revisionId: undefined,
      logging: {},
      tracing: {},
      tags: [],
    };
    const execution = new Execution({
      arn: arn(identity, 'states', `express:${machineName}:${executionName}`),
      name: executionName,
      machine,
      inputText: checkedInput(input),
      nowMs: () => clock.now(),
    });
    execution.root.variables.assign(variables);
    return this.#runner.tryState(execution, name, trial, integrations);
  }

  deleteStateMachine(stateMachineArn: string): void {
    this.machines.delete(stateMachineArn, this.#hasRunning(stateMachineArn));
  }

  async stop(): Promise<void> {
    this.#runner.dropAll();
    this.activities.stop();
    this.#integrations.stop();
  }

  #hasRunning(machineArn: string): boolean {
    return this.executions.list({ machineArn, status: 'RUNNING' }).length > 0;
  }

  #finishDeletion({ machine }: Execution): void {
    if (this.machines.isDeleting(machine.arn) && !this.#hasRunning(machine.arn)) {
      this.machines.delete(machine.arn, false);
    }
  }
}
