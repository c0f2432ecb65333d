import type {
  StartSyncExecutionCommandInput,
  StartSyncExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { Execution } from '../executions/execution.ts';
import type { StatesModel } from '../model.ts';

/** Duration is billed in steps of 100 ms, memory of 64 MB (pricing page). */
const billedStepMs = 100;
const billedMemoryMb = 64;

/** Runs an Express workflow and answers when it has ended, whatever its outcome. */
export function startSyncExecution(
  { executions, machines }: StatesModel,
  world: World,
): WireOperation {
  return {
    ...operation<StartSyncExecutionCommandInput, StartSyncExecutionCommandOutput>(
      ['stateMachineArn', 'name', 'input', 'traceHeader', 'includedData'],
      async ({ stateMachineArn = '', name, input }) => {
        const target = machines.startTarget(stateMachineArn);
        if (target.machine.type !== 'EXPRESS') {
          throw new AwsError(
            'StateMachineTypeNotSupported',
            'This operation is not supported by this type of state machine',
          );
        }
        const execution = executions.start({ ...target, name, input });
        await ended(world, execution);
        return answer(execution);
      },
    ),
    // The workflow's own waits must be able to pass.
    holdsClock: false,
  };
}

function ended({ journal }: World, execution: Execution): Promise<void> {
  if (execution.ending) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = journal.subscribe((entry) => {
      if (entry.kind !== 'execution.ended' || entry.executionArn !== execution.arn) return;
      unsubscribe();
      resolve();
    });
  });
}

function answer(execution: Execution): Omit<StartSyncExecutionCommandOutput, '$metadata'> {
  const { ending, startMs } = execution;
  if (!ending) throw new Error(`${execution.arn} has not ended`);
  const steps = Math.max(1, Math.ceil((ending.atMs - startMs) / billedStepMs));
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    name: execution.name,
    startDate: new Date(startMs),
    stopDate: new Date(ending.atMs),
    status: ending.status === 'ABORTED' ? 'FAILED' : ending.status,
    input: execution.inputText,
    inputDetails: { included: true },
    ...(ending.output !== undefined && {
      output: ending.output,
      outputDetails: { included: true },
    }),
    ...(ending.error !== undefined && { error: ending.error }),
    ...(ending.cause !== undefined && { cause: ending.cause }),
    ...(ending.status === 'TIMED_OUT' && { error: 'States.Timeout' }),
    billingDetails: {
      billedDurationInMilliseconds: steps * billedStepMs,
      billedMemoryUsedInMB: billedMemoryMb,
    },
  };
}
