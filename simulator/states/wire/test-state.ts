import type { TestStateCommandInput, TestStateCommandOutput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { isObject } from '../definition/located-states.ts';
import type { StatesModel } from '../model.ts';
import { mockIntegrations } from '../test-state/mock-integrations.ts';
import { requireTestable, testedState } from '../test-state/tested-state.ts';

/** Tries one state, without a state machine (TestState page). */
export function testState(model: StatesModel, region: string): WireOperation {
  return {
    ...operation<TestStateCommandInput, TestStateCommandOutput>(
      ['definition', 'roleArn', 'input', 'inspectionLevel', 'variables', 'stateName', 'mock'],
      async ({ definition = '', roleArn, input = '{}', inspectionLevel = 'INFO', ...rest }) => {
        const tested = testedState(definition, rest.stateName);
        const mock = requireMock(rest.mock);
        requireTestable(tested, mock !== undefined);
        if (roleArn === undefined && tested.state.Type === 'Task' && !mock) {
          throw new AwsError(
            'ValidationException',
            'A roleArn is needed to test a Task without a mock',
          );
        }
        const { result, variables, ...answer } = await model.tryState({
          tested,
          input,
          roleArn: roleArn ?? '',
          variables: parseVariables(rest.variables),
          ...(mock && { integrations: mockIntegrations(mock, region) }),
        });
        if (inspectionLevel === 'INFO') return answer;
        const data = { input, ...(result && { result }), ...(variables && { variables }) };
        return { ...answer, inspectionData: data };
      },
    ),
    // The state's own wait must be able to pass.
    holdsClock: false,
  };
}

function parseVariables(text = '{}'): Readonly<Record<string, unknown>> {
  try {
    const variables: unknown = JSON.parse(text);
    if (isObject(variables)) return variables;
  } catch {
    // Told below, with the other texts that are no object.
  }
  throw new AwsError('ValidationException', 'The variables must be a JSON object');
}

function requireMock(mock: TestStateCommandInput['mock']): TestStateCommandInput['mock'] {
  if (!mock) return undefined;
  if ((mock.result === undefined) === (mock.errorOutput === undefined)) {
    throw new AwsError(
      'ValidationException',
      'A test mock must have exactly one of result and errorOutput',
    );
  }
  return mock;
}
