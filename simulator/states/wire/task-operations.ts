import type {
  SendTaskFailureCommandInput,
  SendTaskFailureCommandOutput,
  SendTaskHeartbeatCommandInput,
  SendTaskHeartbeatCommandOutput,
  SendTaskSuccessCommandInput,
  SendTaskSuccessCommandOutput,
} from '@aws-sdk/client-sfn';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { TaskTokens } from '../task-tokens.ts';

/** How callback tasks are answered (aws-facts 5.3). */
export function taskOperations(tokens: TaskTokens): Record<string, WireOperation> {
  return {
    SendTaskSuccess: operation<SendTaskSuccessCommandInput, SendTaskSuccessCommandOutput>(
      ['taskToken', 'output'],
      ({ taskToken = '', output = '' }) => {
        tokens.succeed(taskToken, output);
        return {};
      },
    ),
    SendTaskFailure: operation<SendTaskFailureCommandInput, SendTaskFailureCommandOutput>(
      ['taskToken', 'error', 'cause'],
      ({ taskToken = '', error, cause }) => {
        tokens.fail(taskToken, error, cause);
        return {};
      },
    ),
    SendTaskHeartbeat: operation<SendTaskHeartbeatCommandInput, SendTaskHeartbeatCommandOutput>(
      ['taskToken'],
      ({ taskToken = '' }) => {
        tokens.heartbeat(taskToken);
        return {};
      },
    ),
  };
}
