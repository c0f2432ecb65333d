import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConnectionDropped, callWithFaults } from '../../../simulator/faults/faulty-call.ts';
import { eventually } from '../../support/eventually.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
  lambda.world.provide('lambda', lambda.model);
});
afterEach(() => lambda.stop());

/** A function that stays until it is told to end, and the call that it makes meanwhile. */
async function during(
  effect: Parameters<LambdaFixture['world']['faults']['calls']['add']>[0]['effect'],
) {
  await lambda.define('busy', `export const handler = () => { console.log('begun'); for (;;); };`, {
    Timeout: 900,
  });
  lambda.world.faults.calls.add({ caller: 'busy', effect });
  const invocation = lambda.model.invoke({
    functionName: 'busy',
    payload: {},
    type: 'RequestResponse',
  });
  await eventually(() => expect(lambda.logLines.join()).toContain('begun'));
  const calls: string[] = [];
  const call = callWithFaults(
    lambda.world,
    {
      service: 'ecs',
      signingName: 'ecs',
      operation: 'ListClusters',
      caller: { accessKeyId: 'k', name: 'busy' },
      unheld: (wait) => wait(),
    },
    () => calls.push('done'),
  );
  return { invocation, call, calls };
}

it.each([
  ['before', []],
  ['after', ['done']],
] as const)('a function dies %s its call, and no answer reaches it', async (when, effects) => {
  const { invocation, call, calls } = await during({ type: 'crash', when });
  await expect(call).rejects.toBeInstanceOf(ConnectionDropped);
  expect(calls).toEqual(effects);
  expect(await invocation).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType: 'Runtime.ExitError' },
  });
});
