import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../core/ports/workflow.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const sfnClient = once(() => new SFNClient(clientSettings));

/** Limits of SendTaskFailure, in characters (Step Functions model, SensitiveError and SensitiveCause). */
const maxErrorLength = 256;
const maxCauseLength = 32_768;

/** A second answer, a late one, or one for a token that Step Functions no longer knows (aws-facts 5.3). */
const goneNames = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** Step Functions. Only `startExecution` needs a state machine ARN. */
export function stepFunctionsWorkflow(
  client: SFNClient,
  stateMachineArn: string | undefined,
  signal?: AbortSignal,
): Workflow {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async startExecution({ name, input }) {
      if (stateMachineArn === undefined) throw new Error('This function starts no executions');
      try {
        await callAws({ action: 'states:StartExecution', resource: stateMachineArn }, () =>
          client.send(
            new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
            options,
          ),
        );
        return 'started';
      } catch (error) {
        // The same push again; names stay taken for 90 days (aws-facts 5.1).
        if (awsErrorName(error) === 'ExecutionAlreadyExists') return 'already-started';
        throw error;
      }
    },

    sendTaskSuccess(taskToken, output) {
      const command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) });
      return answer('states:SendTaskSuccess', () => client.send(command, options));
    },

    sendTaskFailure(taskToken, { error, cause }) {
      const command = new SendTaskFailureCommand({
        taskToken,
        error: error.slice(0, maxErrorLength),
        cause: cause.slice(0, maxCauseLength),
      });
      return answer('states:SendTaskFailure', () => client.send(command, options));
    },
  };
}

async function answer(action: string, send: () => Promise<unknown>): Promise<'accepted' | 'gone'> {
  try {
    // The token itself is a secret, so it is not named.
    await callAws({ action, resource: 'the task token' }, send);
    return 'accepted';
  } catch (error) {
    const name = awsErrorName(error);
    if (name !== undefined && goneNames.includes(name)) return 'gone';
    throw error;
  }
}
