import { outputOf, workflowWorld } from './workflow-world.ts';

/** Runs a machine of one JSONPath state, `Under`. */
export async function runJsonPathState(state: object, input: unknown, functions = {}) {
  const world = workflowWorld(functions);
  const states = { Under: { End: true, ...state } };
  const execution = await world.run(states, input, { QueryLanguage: 'JSONPath' });
  return { ...world, execution, output: outputOf(execution), ending: execution.ending };
}

/** A Task of the function `work` with these fields. */
export const work = (fields: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:work',
  ...fields,
});
