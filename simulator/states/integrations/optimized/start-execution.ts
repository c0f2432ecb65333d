import type { World } from '../../../core/world.ts';
import { StatesError } from '../../interpreter/states-error.ts';
import { asText, type Fields, type Optimized, withMetadata } from './optimized.ts';

/** `states:startExecution`: `.sync` gives the child's output as text, `.sync:2` as JSON (nested page). */
export function statesStartExecution({ journal }: World): Optimized {
  return {
    service: 'sfn',
    operation: 'StartExecution',
    errors: { prefix: 'StepFunctions', undeclared: 'AWSStepFunctionsException' },
    request: (parameters) => ({ ...parameters, Input: asText(parameters.Input) }),
    result: (answer) => withMetadata({ ...answer, output: withMillis(answer.output) }),
    complete: async (started, pattern, { execution, line }, calls) => {
      const { ExecutionArn: executionArn } = started as { ExecutionArn: string };
      const { roleArn } = execution.machine;
      const ask = (operation: string) =>
        calls.call({
          service: 'sfn',
          operation,
          parameters: { ExecutionArn: executionArn },
          roleArn,
        });
      const ended = new Promise<void>((resolve) => {
        const unsubscribe = journal.subscribe((entry) => {
          if (entry.kind !== 'execution.ended' || entry.executionArn !== executionArn) return;
          unsubscribe();
          resolve();
        });
        line.onDrop(unsubscribe);
      });
      // A stopped parent stops the child as well, as far as it can.
      const forget = line.onDrop(() => void ask('StopExecution').catch(() => {}));
      let { output } = await ask('DescribeExecution');
      if (output.Status === 'RUNNING') {
        await ended;
        ({ output } = await ask('DescribeExecution'));
      }
      forget();
      const shown = describe(output, pattern === 'sync:2');
      if (output.Status === 'SUCCEEDED') return shown;
      // A child's timeout, too, is a failed task to its parent (aws-facts 5.4).
      throw new StatesError('States.TaskFailed', JSON.stringify(shown));
    },
  };
}

const shownMembers = [
  'Cause',
  'Error',
  'ExecutionArn',
  'Input',
  'InputDetails',
  'Name',
  'Output',
  'OutputDetails',
  'RedriveCount',
  'RedriveStatus',
  'RedriveStatusReason',
  'StartDate',
  'StateMachineArn',
  'Status',
  'StopDate',
];

function describe(output: Fields, parsed: boolean): Fields {
  const shown = Object.fromEntries(
    shownMembers
      .filter((name) => output[name] !== undefined)
      .map((name) => {
        const value = output[name];
        const json = parsed && (name === 'Input' || name === 'Output');
        return [name, json ? JSON.parse(String(value)) : value];
      }),
  );
  return withMillis(shown);
}

/** Dates are epoch milliseconds here, unlike in the SDK integration. */
function withMillis(output: Fields): Fields {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [
      name,
      name.endsWith('Date') ? Date.parse(String(value)) : value,
    ]),
  );
}
