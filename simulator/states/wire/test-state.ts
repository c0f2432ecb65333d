import type {
  InspectionData,
  TestStateCommandInput,
  TestStateCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { isObject } from '../definition/located-states.ts';
import { nestsTooDeeply } from '../interpreter/data-limit.ts';
import type { StatesModel } from '../model.ts';
import { requireContext } from '../test-state/check-context.ts';
import { requireMock } from '../test-state/check-mock.ts';
import { mockIntegrations } from '../test-state/mock-integrations.ts';
import { requireTestable, testedState } from '../test-state/tested-state.ts';
import { Trial } from '../test-state/trial.ts';

/** Tries one state, without a state machine (TestState page). */
export function testState(model: StatesModel, region: string): WireOperation {
  return {
    ...operation<TestStateCommandInput, TestStateCommandOutput>(
      [
        'definition',
        'roleArn',
        'input',
        'inspectionLevel',
        'revealSecrets',
        'variables',
        'stateName',
        'mock',
        'context',
        'stateConfiguration',
      ],
      async ({ definition = '', roleArn, input = '{}', inspectionLevel = 'INFO', ...rest }) => {
        const tested = testedState(definition, rest.stateName);
        const mock = requireMock(rest.mock, tested.state);
        requireMocked(rest);
        requireTestable(tested, mock !== undefined);
        if (roleArn === undefined && tested.state.Type === 'Task' && !mock) {
          throw new AwsError(
            'ValidationException',
            'A roleArn is needed to test a Task without a mock',
          );
        }
        const trial = new Trial({
          mock,
          context: requireContext(rest.context, tested.state),
          configuration: rest.stateConfiguration,
        });
        const { variables, errorDetails, ...answer } = await model.tryState({
          tested,
          input,
          roleArn: roleArn ?? '',
          variables: parseVariables(rest.variables),
          trial,
          ...(mock && { integrations: mockIntegrations(mock, region) }),
        });
        if (inspectionLevel === 'INFO') return answer;
        const inspectionData: InspectionData = {
          input,
          ...trial.inspected,
          ...(variables !== undefined && { variables }),
          ...(errorDetails && { errorDetails }),
        };
        return { ...answer, inspectionData };
      },
    ),
    // The state's own wait must be able to pass.
    holdsClock: false,
  };
}

/** Secrets are those of HTTP Tasks, which are not mocked; a context is part of a mock (API reference). */
function requireMocked({ mock, revealSecrets, context }: RestInput): void {
  if (mock && revealSecrets) {
    throw new AwsError(
      'ValidationException',
      'TestState does not support RevealSecrets when a mock is specified.',
    );
  }
  if (context !== undefined && !mock) {
    throw new AwsError('ValidationException', 'A context can only be specified with a mock');
  }
}

type RestInput = Pick<TestStateCommandInput, 'mock' | 'revealSecrets' | 'context'>;

function parseVariables(text = '{}'): Readonly<Record<string, unknown>> {
  try {
    const variables: unknown = JSON.parse(text);
    if (isObject(variables) && !nestsTooDeeply(text)) return variables;
  } catch {
    // Told below, with the other texts that are no object.
  }
  throw new AwsError('ValidationException', 'The variables must be a JSON object');
}
