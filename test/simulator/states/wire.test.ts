import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionAlreadyExists,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  InvalidDefinition,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseDefinition } from '../../../simulator/states/definition/parse-definition.ts';
import { statesWire } from '../../../simulator/states/wire.ts';
import { serveWire } from '../../support/simulator/serve-wire.ts';
import { invokeWithToken, roleArn, workflowWorld } from './workflow-world.ts';

const definitionOf = (states: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });

async function wireWorld(functions = {}) {
  const base = workflowWorld(functions, parseDefinition);
  const server = await serveWire(base.world, [statesWire(base.model, base.world)]);
  const client = new SFNClient(server.client);
  onTestFinished(async () => {
    client.destroy();
    await server.stop();
  });
  const create = async (states: object) => {
    const command = new CreateStateMachineCommand({
      name: 'deploy',
      definition: definitionOf(states),
      roleArn,
      tags: [{ key: 'team', value: 'shop' }],
    });
    return (await client.send(command)).stateMachineArn ?? '';
  };
  return { ...base, client, create };
}

describe('the Step Functions API through the SDK', () => {
  it('creates, describes, lists, updates and deletes a state machine', async () => {
    const { client, create } = await wireWorld();
    const stateMachineArn = await create({ A: { Type: 'Succeed' } });
    const definition = definitionOf({ B: { Type: 'Succeed' } });

    const updated = await client.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition }),
    );
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));

    expect(described).toMatchObject({
      name: 'deploy',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition,
      roleArn,
      creationDate: expect.any(Date),
      revisionId: updated.revisionId,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    });
    const list = await client.send(new ListStateMachinesCommand({}));
    expect(list.stateMachines?.map((machine) => machine.stateMachineArn)).toEqual([
      stateMachineArn,
    ]);
    const tags = await client.send(
      new ListTagsForResourceCommand({ resourceArn: stateMachineArn }),
    );
    expect(tags.tags).toEqual([{ key: 'team', value: 'shop' }]);
    const versions = await client.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
    expect(versions.stateMachineVersions).toEqual([]);
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
  });

  it('runs, describes, pages through and redrives an execution', async () => {
    const { client, create, model, ended } = await wireWorld();
    const stateMachineArn = await create({
      Look: { Type: 'Pass', Next: 'Stop' },
      Stop: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' },
    });
    const start = { stateMachineArn, name: 'release-1', input: '{ "n": 1 }' };
    const { executionArn = '' } = await client.send(new StartExecutionCommand(start));
    await ended(model.executions.get(executionArn));

    await expect(client.send(new StartExecutionCommand(start))).rejects.toThrow(
      ExecutionAlreadyExists,
    );
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
      cause: 'on purpose',
      input: '{ "n": 1 }',
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
      redriveCount: 0,
      redriveStatus: 'REDRIVABLE',
    });
    const types: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const history: GetExecutionHistoryCommand['input'] = {
        executionArn,
        maxResults: 2,
        reverseOrder: true,
        includeExecutionData: false,
        ...(nextToken !== undefined && { nextToken }),
      };
      const shown = await client.send(new GetExecutionHistoryCommand(history));
      types.push(...(shown.events ?? []).map(({ type }) => type));
      for (const event of shown.events ?? [])
        expect(event.stateEnteredEventDetails?.input).toBeUndefined();
      nextToken = shown.nextToken;
    } while (nextToken !== undefined);
    expect(types).toEqual([
      'ExecutionFailed',
      'FailStateEntered',
      'PassStateExited',
      'PassStateEntered',
      'ExecutionStarted',
    ]);

    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    await ended(model.executions.get(executionArn));
    const listed = await client.send(
      new ListExecutionsCommand({ stateMachineArn, redriveFilter: 'REDRIVEN' }),
    );
    expect(listed.executions).toMatchObject([
      { executionArn, status: 'FAILED', redriveCount: 1, redriveDate },
    ]);
    const machine = await client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn }),
    );
    expect(machine).toMatchObject({ stateMachineArn, updateDate: expect.any(Date) });
  });

  it('answers task tokens once and stops executions', async () => {
    let token = '';
    const { client, create, world } = await wireWorld({
      keep: (payload: { token: string }) => {
        token = payload.token;
        return null;
      },
    });
    const stateMachineArn = await create({
      Ask: {
        Type: 'Task',
        Resource: invokeWithToken,
        Arguments: { FunctionName: 'keep', Payload: { token: '{% $states.context.Task.Token %}' } },
        Next: 'Rest',
      },
      Rest: { Type: 'Wait', Seconds: 3600, End: true },
    });
    // The clock must not jump over the hour between two calls.
    const release = world.clock.hold('the test');
    const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    const answer = new SendTaskSuccessCommand({ taskToken: token, output: '{}' });
    await client.send(answer);
    await expect(client.send(answer)).rejects.toThrow(TaskTimedOut);
    await client.send(new StopExecutionCommand({ executionArn, error: 'Manual', cause: 'enough' }));
    const stopped = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(stopped).toMatchObject({ status: 'ABORTED', error: 'Manual', cause: 'enough' });
    release();
  });

  it('refuses to list executions of a status that does not exist', async () => {
    const { client, create } = await wireWorld();
    const stateMachineArn = await create({ Done: { Type: 'Succeed' } });
    const statusFilter = 'DONE' as ExecutionStatus;
    await expect(
      client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter })),
    ).rejects.toThrow(/Value 'DONE' at 'statusFilter' failed to satisfy constraint/);
  });

  it('validates definitions without creating anything', async () => {
    const { client, create } = await wireWorld();
    const bad = definitionOf({
      A: { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob', End: true },
    });
    const found = await client.send(new ValidateStateMachineDefinitionCommand({ definition: bad }));
    expect(found).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ severity: 'ERROR', code: 'NOT_MODELLED', location: '/States/A/Resource' }],
    });
    await expect(create(JSON.parse(bad).States)).rejects.toThrow(InvalidDefinition);
  });
});
