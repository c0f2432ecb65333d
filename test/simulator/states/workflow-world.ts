import { onTestFinished } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import type { Invocation, PublishedEvent } from '../../../simulator/core/services.ts';
import type { Settings } from '../../../simulator/core/settings.ts';
import type { ParseDefinition } from '../../../simulator/states/definition/parse-definition.ts';
import type { Execution } from '../../../simulator/states/executions/execution.ts';
import { StatesModel } from '../../../simulator/states/model.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

/** A function of the test: returns its payload, or throws an object that is its error payload. */
export type FakeFunction = (payload: never, invocation: Invocation) => unknown;

export interface WorkflowWorld {
  readonly world: TestWorld;
  readonly model: StatesModel;
  readonly events: readonly PublishedEvent[];
  /** Starts an execution of a machine with these states (the first one starts). */
  start(states: object, input?: unknown, machineFields?: object): Execution;
  startMachine(machineArn: string, input?: unknown, name?: string): Execution;
  create(states: object, machineFields?: object): string;
  ended(execution: Execution): Promise<Execution>;
  /** Starts and waits for the end. */
  run(states: object, input?: unknown, machineFields?: object): Promise<Execution>;
}

export const roleArn = 'arn:aws:iam::111122223333:role/workflow';
export const invoke = 'arn:aws:states:::lambda:invoke';
export const invokeWithToken = `${invoke}.waitForTaskToken`;

/** A Task that calls the fake function `name` with its input and gives back the payload. */
export function call(name: string, fields: object = { End: true }) {
  return {
    Type: 'Task',
    Resource: invoke,
    Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...fields,
  };
}

/** Definitions are taken as they are unless `parse` checks them; definition.test.ts covers the checks. */
export function workflowWorld(
  functions: Record<string, FakeFunction> = {},
  parse: ParseDefinition = (text) => JSON.parse(text),
  settings: Partial<Settings> = {},
): WorkflowWorld {
  const events: PublishedEvent[] = [];
  const world = createTestWorld({
    settings,
    services: {
      events: { publish: (event) => `event-${events.push(event)}` },
      iam: { authorize: () => ({ allowed: true }), canAssume: () => true },
      lambda: { invoke: (invocation) => invokeFake(functions, invocation) },
    },
  });
  const model = new StatesModel(world, parse);
  onTestFinished(async () => {
    await model.stop();
    world.clock.stop();
  });
  let machines = 0;

  const create = (states: object, fields: object = {}) => {
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: Object.keys(states)[0],
      States: states,
      ...fields,
    });
    return model.machines.create({ name: `machine-${++machines}`, definition, roleArn }).arn;
  };
  const startMachine = (stateMachineArn: string, input: unknown = {}, name?: string) => {
    const request = { stateMachineArn, input, ...(name !== undefined && { name }) };
    return model.executions.get(model.startExecution(request).executionArn);
  };
  const start = (states: object, input?: unknown, fields?: object) =>
    startMachine(create(states, fields), input);
  const ended = async (execution: Execution) => {
    if (execution.ending) return execution;
    await new Promise<void>((resolve) => {
      const stop = world.journal.subscribe((entry) => {
        if (entry.kind !== 'execution.ended' || entry.executionArn !== execution.arn) return;
        stop();
        resolve();
      });
    });
    return execution;
  };
  return {
    world,
    model,
    events,
    create,
    start,
    startMachine,
    ended,
    run: (states, input, fields) => ended(start(states, input, fields)),
  };
}

async function invokeFake(functions: Record<string, FakeFunction>, invocation: Invocation) {
  const name = invocation.functionName.split(':').at(-1) ?? '';
  const run = functions[name];
  if (!run) {
    const message = `Function not found: ${invocation.functionName}`;
    throw new AwsError('ResourceNotFoundException', message, { status: 404 });
  }
  const answer = { statusCode: 200, requestId: 'request-1' };
  try {
    return { ...answer, payload: await run(invocation.payload as never, invocation) };
  } catch (error) {
    if (error instanceof AwsError) throw error;
    return { ...answer, functionError: 'Unhandled', payload: error };
  }
}

/** JSON the execution ended with. */
export function outputOf({ ending }: Execution): unknown {
  return ending?.output === undefined ? undefined : JSON.parse(ending.output);
}

/** `Type<previousEventId`, in order. */
export function eventLine({ history }: Execution): string[] {
  return history.events.map(({ type, previousEventId }) => `${type}<${previousEventId}`);
}
