import { describe, expect, it } from 'vitest';
import { checkVariableScopes } from '../../../simulator/states/definition/check-variable-scopes.ts';
import { parseDefinition } from '../../../simulator/states/definition/parse-definition.ts';
import { outputOf, workflowWorld } from './workflow-world.ts';

const assign = (name: string, fields: object = { End: true }) => ({
  Type: 'Pass',
  Assign: { [name]: 1 },
  ...fields,
});
const machine = (States: object) => ({ StartAt: Object.keys(States)[0], States });

describe('the scope of variables (workflow variables page)', () => {
  it('may not assign a name of the scope around it', () => {
    const branch = { Type: 'Parallel', Branches: [machine({ B: assign('x') })], End: true };
    const catching = { ...branch, Branches: [], Catch: [{ Assign: { 'y.$': '$.a' } }] };
    const map = { Type: 'Map', ItemProcessor: machine({ I: assign('y') }), End: true };
    const found = (states: object) =>
      checkVariableScopes(machine(states)).map(({ location }) => location);
    expect(found({ A: assign('x'), P: branch })).toEqual(['/States/P/Branches[0]/States/B/Assign']);
    expect(found({ A: assign('z'), P: branch })).toEqual([]);
    expect(found({ P: catching, M: map })).toEqual(['/States/M/ItemProcessor/States/I/Assign']);
  });

  it('begins anew in a distributed Map', () => {
    const ItemProcessor = {
      ...machine({ I: assign('x') }),
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    };
    const states = { A: assign('x'), M: { Type: 'Map', ItemProcessor, End: true } };
    expect(checkVariableScopes(machine(states))).toEqual([]);
  });

  it('is checked when a machine is created', () => {
    const states = {
      A: assign('x', { Next: 'P' }),
      P: { Type: 'Parallel', Branches: [machine({ B: assign('x') })], End: true },
    };
    expect(() => parseDefinition(JSON.stringify(machine(states)))).toThrow(
      "Variable 'x' is assigned in an outer scope already",
    );
  });

  it('lets branches read what is outside and forgets what is theirs', async () => {
    const { run } = workflowWorld();
    const inner = machine({
      B: { Type: 'Pass', Assign: { y: '{% $x + 1 %}' }, Next: 'C' },
      C: { Type: 'Pass', Output: '{% $y %}', End: true },
    });
    const ended = await run({
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [inner], Next: 'Z' },
      Z: { Type: 'Pass', Output: '{% [$states.input, $exists($y)] %}', End: true },
    });
    expect(outputOf(ended)).toEqual([2, false]);
  });
});

it('fails where a state assigns more than 256 KiB at once', async () => {
  const { run } = workflowWorld();
  const half = "{% $join($map([1..140000], function($i) { 'y' })) %}";
  const ended = await run({ A: { Type: 'Pass', Assign: { a: half, b: half }, End: true } });
  expect(ended.ending).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});
