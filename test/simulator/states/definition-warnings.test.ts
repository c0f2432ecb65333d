import { ValidateStateMachineDefinitionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { apiWorld } from './api-world.ts';

const definition = JSON.stringify({
  StartAt: 'Static',
  States: {
    Static: { Type: 'Pass', Result: { a: '$.b' }, Next: 'Shaped' },
    Shaped: { Type: 'Pass', Parameters: { a: '$.b', 'c.$': '$.d', e: 'cost $.5' }, Next: 'Choose' },
    Choose: {
      Type: 'Choice',
      Choices: [{ Not: { Variable: '$.a', StringEquals: '$.b' }, Next: 'Done' }],
      Default: 'Done',
    },
    Done: { Type: 'Fail', Error: '$.error' },
  },
});

it('ValidateStateMachineDefinition shows warnings to who asks, and takes the definition', async () => {
  const { client } = await apiWorld();
  const validate = async (severity?: 'WARNING') => {
    const { result, diagnostics = [] } = await client.send(
      new ValidateStateMachineDefinitionCommand({ definition, severity }),
    );
    const lines = diagnostics.map((found) => `${found.severity} ${found.code} ${found.location}`);
    return { result, lines };
  };
  expect(await validate()).toEqual({ result: 'OK', lines: [] });
  expect(await validate('WARNING')).toEqual({
    result: 'OK',
    lines: [
      'WARNING PASS_RESULT_IS_STATIC /States/Static/Result/a',
      'WARNING NO_DOLLAR /States/Shaped/Parameters/a',
      'WARNING NO_PATH /States/Choose/Choices[0]/Not/StringEquals',
      'WARNING NO_PATH /States/Done/Error',
    ],
  });
});
