import { afterEach, beforeEach, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

let world: TestWorld;
let model: CloudWatchModel;
beforeEach(() => {
  world = createTestWorld();
  model = new CloudWatchModel(world);
});
afterEach(() => world.clock.stop());

const statistics = (namespace: string, name: string, dimensions: Record<string, string>) => {
  const set = model.metrics
    .find({ namespace, name, dimensions })
    ?.over(world.clock.now() - 3_600_000, world.clock.now() + 3_600_000);
  return set && { count: set.sampleCount, sum: set.sum };
};

it('an invocation counts for its function and for all of them', () => {
  const invoked = (functionName: string, errorType?: string) =>
    world.journal.record('lambda.ended', {
      functionName,
      requestId: 'r',
      durationMs: 20,
      ...(errorType === undefined ? {} : { errorType }),
    });
  invoked('hook');
  invoked('hook', 'Error');
  invoked('other');
  const hook = { FunctionName: 'hook' };
  expect(statistics('AWS/Lambda', 'Invocations', hook)).toEqual({ count: 2, sum: 2 });
  expect(statistics('AWS/Lambda', 'Errors', hook)).toEqual({ count: 2, sum: 1 });
  expect(statistics('AWS/Lambda', 'Duration', hook)).toEqual({ count: 2, sum: 40 });
  expect(statistics('AWS/Lambda', 'Invocations', {})).toEqual({ count: 3, sum: 3 });
});

it('an execution counts at its start and at its end, with its time', async () => {
  const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:release:e1';
  world.journal.record('execution.started', { executionArn, name: 'e1', input: {} });
  await world.clock.sleep(60_000);
  world.journal.record('execution.ended', { executionArn, status: 'FAILED' });
  const dimensions = {
    StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:release',
  };
  expect(statistics('AWS/States', 'ExecutionsStarted', dimensions)).toEqual({ count: 1, sum: 1 });
  expect(statistics('AWS/States', 'ExecutionsFailed', dimensions)).toEqual({ count: 1, sum: 1 });
  expect(statistics('AWS/States', 'ExecutionsSucceeded', dimensions)).toBeUndefined();
  const time = statistics('AWS/States', 'ExecutionTime', dimensions)?.sum ?? 0;
  expect(Math.round(time / 1_000)).toBe(60);
});

it('nothing is counted once the model has stopped', () => {
  model.stop();
  world.journal.record('lambda.ended', { functionName: 'f', requestId: 'r', durationMs: 1 });
  expect(statistics('AWS/Lambda', 'Invocations', {})).toBeUndefined();
});
