import { afterEach, expect, it, vi } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';
import { sendInput } from './constraints/send-input.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

let aws: SimulatedAws | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await aws?.stop();
});

/** What a check says of an answer on standard error; empty when the answer passes. */
async function verdict(handle: () => object, checkResponses = true): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const sfn: WireService = {
    name: 'sfn',
    operations: { DescribeExecution: { members: ['executionArn'], handle } },
  };
  aws = await simulatedAws(() => [sfn], { checkResponses });
  const refused = await sendInput(aws, 'sfn', 'DescribeExecution', { executionArn: 'a' });
  const said = written.join('').split('\n')[1] ?? '';
  if (said !== '') expect(refused?.code).toBe('InternalFailure');
  return said;
}

const execution = {
  executionArn: 'a',
  stateMachineArn: 'm',
  status: 'RUNNING',
  startDate: new Date(0),
};

it('an answer as the model says passes', async () => {
  expect(await verdict(() => execution)).toBe('');
});

it.each<[string, object, string]>([
  ['an unknown member', { ...execution, colour: 'red' }, 'colour is no member'],
  ['a missing member', { ...execution, startDate: undefined }, 'startDate is missing'],
  ['a wrong type', { ...execution, name: 7 }, 'name is 7, not a text'],
  ['a number for a time', { ...execution, stopDate: 7 }, 'stopDate is 7, not a timestamp'],
  ['a time that is none', { ...execution, stopDate: new Date(Number.NaN) }, 'not a timestamp'],
  [
    'a strange value',
    { ...execution, status: 'DONE' },
    'status is "DONE": Member must satisfy enum',
  ],
  ['a wrong structure', { ...execution, inputDetails: [] }, 'inputDetails is [], not a structure'],
])('%s is a mistake of the simulator', async (_, output, said) => {
  const found = await verdict(() => output);
  expect(found).toContain("The answer of sfn:DescribeExecution is not as AWS's model says");
  expect(found).toContain(said);
});

it('an error that the operation does not declare is a mistake of the simulator', async () => {
  const fail = () => {
    throw new AwsError('ActivityDoesNotExist', 'no');
  };
  expect(await verdict(fail)).toContain(
    "sfn:DescribeExecution does not answer with ActivityDoesNotExist (no), says AWS's model",
  );
});

it('nothing is checked without the setting', async () => {
  expect(await verdict(() => ({ ...execution, colour: 'red' }), false)).toBe('');
});
