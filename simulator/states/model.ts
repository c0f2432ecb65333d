import type { StatesService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Activities } from './activities/activities.ts';
import { type ParseDefinition, parseDefinition } from './definition/parse-definition.ts';
import type { Execution } from './executions/execution.ts';
import { ExecutionRunner } from './executions/execution-runner.ts';
import { Executions } from './executions/executions.ts';
import { Integrations } from './integrations/integrations.ts';
import { StateMachines } from './machines/state-machines.ts';
import { JsonataLanguage } from './query/jsonata-language.ts';
import { JsonPathLanguage } from './query/jsonpath/json-path-language.ts';
import { TaskTokens } from './task-tokens.ts';

/** Step Functions, Standard workflows (aws-facts 5). */
export class StatesModel implements StatesService {
  readonly machines: StateMachines;
  readonly executions: Executions;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  readonly #runner: ExecutionRunner;
  readonly #integrations: Integrations;

  constructor(world: World, parse: ParseDefinition = parseDefinition) {
    this.machines = new StateMachines(world, parse);
    this.tokens = new TaskTokens(world.random);
    this.activities = new Activities(world);
    this.#integrations = new Integrations(world, this.activities);
    this.#runner = new ExecutionRunner({
      world,
      query: new JsonataLanguage(world),
      paths: new JsonPathLanguage(world),
      tokens: this.tokens,
      integrations: this.#integrations,
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
