import {
  CreateStateMachineAliasCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { answering, apiWorld } from './api-world.ts';
import { outputOf } from './workflow-world.ts';

const machineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:deploy';
const definitionOf = (states: object) =>
  JSON.stringify({ StartAt: Object.keys(states)[0], States: states });

/** Version 1 answers 'one', version 2 and the machine 'two'. */
async function versionedWorld() {
  const world = await apiWorld();
  const { client, createMachine, model, ended } = world;
  await createMachine(answering('one'), { publish: true });
  const stateMachineArn = machineArn;
  const definition = definitionOf(answering('two'));
  await client.send(
    new UpdateStateMachineCommand({
      stateMachineArn,
      definition,
      publish: true,
      versionDescription: 'better',
    }),
  );
  const answerOf = async (stateMachineArn: string) => {
    const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    return outputOf(await ended(model.executions.get(executionArn)));
  };
  return { ...world, answerOf };
}

describe('versions', () => {
  it('are published with the machine, or of its current revision, once', async () => {
    const { client, createMachine } = await apiWorld();
    const stateMachineArn = machineArn;
    expect(await createMachine(answering(1), { publish: true })).toMatchObject({
      stateMachineVersionArn: `${machineArn}:1`,
    });
    const publish = (fields: object = {}) =>
      client.send(new PublishStateMachineVersionCommand({ stateMachineArn, ...fields }));
    expect((await publish()).stateMachineVersionArn).toBe(`${machineArn}:1`);
    const { revisionId, stateMachineVersionArn } = await client.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: definitionOf(answering(2)) }),
    );
    expect(stateMachineVersionArn).toBeUndefined();
    await expect(publish({ revisionId: 'INITIAL' })).rejects.toMatchObject({
      name: 'ConflictException',
      message: `Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is ${revisionId}.`,
    });
    expect((await publish({ revisionId, description: 'second' })).stateMachineVersionArn).toBe(
      `${machineArn}:2`,
    );
    const { stateMachineVersions } = await client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn }),
    );
    expect(stateMachineVersions?.map((one) => one.stateMachineVersionArn)).toEqual([
      `${machineArn}:2`,
      `${machineArn}:1`,
    ]);
    expect(
      await client.send(new DescribeStateMachineCommand({ stateMachineArn: `${machineArn}:2` })),
    ).toMatchObject({
      stateMachineArn: `${machineArn}:2`,
      name: 'deploy',
      description: 'second',
      revisionId,
    });
  });

  it('keep their definition, and executions name the one they run', async () => {
    const { client, answerOf } = await versionedWorld();
    expect(await answerOf(machineArn)).toBe('two');
    expect(await answerOf(`${machineArn}:1`)).toBe('one');
    const stateMachineArn = `${machineArn}:1`;
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toEqual([
      expect.objectContaining({
        stateMachineArn: machineArn,
        stateMachineVersionArn: `${machineArn}:1`,
        status: 'SUCCEEDED',
      }),
    ]);
  });

  it('refuse a description without publish, and an ARN of no version', async () => {
    const { client, createMachine } = await apiWorld();
    await expect(createMachine(answering(1), { versionDescription: 'x' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Version description can only be set when publish is true',
    });
    await createMachine(answering(1));
    const stateMachineArn = `${machineArn}:7`;
    await expect(client.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject(
      {
        name: 'StateMachineDoesNotExist',
        message: `State Machine Does Not Exist: '${stateMachineArn}'`,
      },
    );
  });

  it('are deleted unless an alias names them, and their numbers are not used again', async () => {
    const { client } = await versionedWorld();
    const routingConfiguration = [{ stateMachineVersionArn: `${machineArn}:2`, weight: 100 }];
    await client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
    const remove = (number: number) =>
      client.send(
        new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${machineArn}:${number}` }),
      );
    await expect(remove(2)).rejects.toMatchObject({
      name: 'ConflictException',
      message: expect.stringContaining('[live]'),
    });
    const stateMachineAliasArn = `${machineArn}:live`;
    await client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await remove(2);
    await remove(2);
    const stateMachineArn = machineArn;
    const again = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
    expect(again.stateMachineVersionArn).toBe(`${machineArn}:3`);
  });
});

describe('aliases', () => {
  it('route executions by weight', async () => {
    const { client, answerOf } = await versionedWorld();
    const routingConfiguration = [
      { stateMachineVersionArn: `${machineArn}:1`, weight: 20 },
      { stateMachineVersionArn: `${machineArn}:2`, weight: 80 },
    ];
    const { stateMachineAliasArn = '' } = await client.send(
      new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }),
    );
    const answers: unknown[] = [];
    for (let count = 0; count < 60; count++) answers.push(await answerOf(stateMachineAliasArn));
    const ones = answers.filter((answer) => answer === 'one').length;
    expect(ones).toBeGreaterThan(3);
    expect(ones).toBeLessThan(25);
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn: stateMachineAliasArn, maxResults: 1 }),
    );
    const { executionArn } = executions[0] ?? {};
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      stateMachineAliasArn,
      stateMachineVersionArn: expect.stringMatching(/:deploy:[12]$/),
    });
  });

  it('are created once, described, listed and updated', async () => {
    const { client, answerOf } = await versionedWorld();
    const to = (number: number) => [
      { stateMachineVersionArn: `${machineArn}:${number}`, weight: 100 },
    ];
    const create = (routingConfiguration: ReturnType<typeof to>, description?: string) =>
      client.send(
        new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration, description }),
      );
    const { stateMachineAliasArn = '', creationDate } = await create(to(1));
    expect(stateMachineAliasArn).toBe(`${machineArn}:live`);
    expect((await create(to(1))).creationDate).toEqual(creationDate);
    await expect(create(to(2))).rejects.toMatchObject({
      name: 'ConflictException',
      message:
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
    });
    await client.send(
      new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: to(2) }),
    );
    expect(await answerOf(stateMachineAliasArn)).toBe('two');
    expect(
      await client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })),
    ).toMatchObject({ name: 'live', routingConfiguration: to(2) });
    const aliasesOf = async (stateMachineArn: string) =>
      (await client.send(new ListStateMachineAliasesCommand({ stateMachineArn })))
        .stateMachineAliases;
    expect(await aliasesOf(machineArn)).toEqual([{ stateMachineAliasArn, creationDate }]);
    expect(await aliasesOf(`${machineArn}:1`)).toEqual([]);
    await expect(
      client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn })),
    ).rejects.toMatchObject({ name: 'ValidationException', reason: 'MISSING_REQUIRED_PARAMETER' });
    await client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await expect(
      client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  const version = (number: number | undefined, weight: number) => ({
    stateMachineVersionArn: number === undefined ? machineArn : `${machineArn}:${number}`,
    weight,
  });

  it.each([
    ['live', [version(undefined, 100)], 'must contain state machine version ARNs'],
    ['live', [version(1, 50), version(1, 50)], 'must contain distinct state machine version ARNs'],
    ['live', [version(1, 70), version(2, 29)], 'must equal 100. Received: [70, 29]'],
    ['live', [version(1, 101)], 'Member must have value less than or equal to 100'],
    ['123', [version(1, 100)], "Value '123' at 'name' failed to satisfy constraint"],
    ['a'.repeat(81), [version(1, 100)], 'Member must have length less than or equal to 80'],
  ])('refuse %s with %j', async (name, routingConfiguration, message) => {
    const { client } = await versionedWorld();
    await expect(
      client.send(new CreateStateMachineAliasCommand({ name, routingConfiguration })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('CreateStateMachine', () => {
  it.each([
    [{ roleArn: 'deploy-role' }, 'InvalidArn', "Invalid Role Arn: 'deploy-role'"],
    [{ name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [
      { loggingConfiguration: { level: 'ALL' } } as const,
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
  ])('refuses %j', async (fields, name, message) => {
    const { createMachine } = await apiWorld();
    await expect(createMachine(answering(1), fields)).rejects.toMatchObject({ name, message });
  });

  it('is idempotent by name, type, definition, logging and tracing', async () => {
    const { createMachine } = await apiWorld();
    const first = await createMachine(answering(1));
    expect((await createMachine(answering(1))).creationDate).toEqual(first.creationDate);
    for (const again of [
      createMachine(answering(2)),
      createMachine(answering(1), { type: 'EXPRESS' }),
    ]) {
      await expect(again).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
    }
  });
});

describe('DescribeExecution', () => {
  it('leaves data out when asked for metadata only', async () => {
    const { client, createMachine, model, ended } = await apiWorld();
    const { stateMachineArn } = await createMachine(answering(1));
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: '{"secret":1}' }),
    );
    await ended(model.executions.get(executionArn));
    const described = await client.send(
      new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
    );
    expect(described).toMatchObject({ executionArn, status: 'SUCCEEDED' });
    expect(Object.keys(described)).not.toContain('input');
    expect(Object.keys(described)).not.toContain('output');
  });
});
