import type { MockInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { Integration } from '../integrations/integration.ts';
import { serviceTaskEvents } from '../integrations/task-events.ts';
import { StatesError } from '../interpreter/states-error.ts';

/** Answers every Task with TestState's mock. */
export function mockIntegrations({ result, errorOutput }: MockInput, region: string) {
  const answer = parsedResult(result);
  const integration: Integration = {
    callback: false,
    events: serviceTaskEvents('mock', 'mock', region),
    invoke: async () => {
      if (errorOutput) throw new StatesError(errorOutput.error, errorOutput.cause);
      return answer;
    },
  };
  return { find: () => integration };
}

function parsedResult(result: string | undefined): unknown {
  if (result === undefined) return null;
  try {
    return JSON.parse(result);
  } catch {
    throw new AwsError('ValidationException', 'The mock result must be valid JSON');
  }
}
