import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../simulator/states/definition/parse-definition.ts';
import { answering, apiWorld } from './api-world.ts';

const express = { type: 'EXPRESS' } as const;

async function expressWorld(states: object) {
  const world = await apiWorld();
  const { stateMachineArn = '' } = await world.createMachine(states, express);
  return { ...world, stateMachineArn };
}

describe('Express workflows', () => {
  it('answer StartSyncExecution with their outcome', async () => {
    const { client, stateMachineArn } = await expressWorld({
      Pause: { Type: 'Wait', Seconds: 2, Next: 'Answer' },
      ...answering({ a: 1 }),
    });
    const answer = await client.send(
      new StartSyncExecutionCommand({ stateMachineArn, name: 'one', input: '{"n":1}' }),
    );
    expect(answer).toMatchObject({
      executionArn: expect.stringMatching(/:express:deploy:one:[0-9a-f-]{36}$/),
      stateMachineArn,
      name: 'one',
      status: 'SUCCEEDED',
      input: '{"n":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64 },
    });
    const billed = answer.billingDetails?.billedDurationInMilliseconds ?? 0;
    expect(billed % 100).toBe(0);
    expect(billed).toBeGreaterThanOrEqual(2_000);
  });

  it('answer a failure with 200 and its error, and end after five minutes', async () => {
    const failing = await expressWorld({ Stop: { Type: 'Fail', Error: 'Own', Cause: 'why' } });
    const { stateMachineArn } = failing;
    expect(
      await failing.client.send(new StartSyncExecutionCommand({ stateMachineArn })),
    ).toMatchObject({ status: 'FAILED', error: 'Own', cause: 'why' });
    const slow = await expressWorld({ Pause: { Type: 'Wait', Seconds: 301, End: true } });
    expect(
      await slow.client.send(
        new StartSyncExecutionCommand({ stateMachineArn: slow.stateMachineArn }),
      ),
    ).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('start any number of times under one name, and are listed nowhere', async () => {
    const { client, stateMachineArn, events } = await expressWorld(answering(1));
    const start = () => client.send(new StartExecutionCommand({ stateMachineArn, name: 'same' }));
    const [first, second] = [await start(), await start()];
    expect(first.executionArn).not.toBe(second.executionArn);
    await expect(client.send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toMatchObject(
      {
        name: 'StateMachineTypeNotSupported',
        message: 'This operation is not supported by this type of state machine',
      },
    );
    const { executionArn } = first;
    await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject(
      {
        name: 'InvalidArn',
        message: "Invalid Arn: 'Resource type not valid in this context: express'",
      },
    );
    expect(events).toEqual([]);
    expect((await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).type).toBe(
      'EXPRESS',
    );
  });

  it.each([
    [
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      "'.waitForTaskToken' service integration ",
    ],
    ['arn:aws:states:::states:startExecution.sync:2', "'.sync' service integration "],
    ['arn:aws:states:eu-west-1:111122223333:activity:a', 'Activity ARN'],
  ])('may not use %s', (Resource, what) => {
    const definition = JSON.stringify({
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource, End: true } },
    });
    expect(diagnose(definition)).toEqual([]);
    expect(diagnose(definition, 'EXPRESS')).toEqual([
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: `Express state machine does not support ${what}`,
        location: '/States/A/Resource',
      },
    ]);
  });

  it('is what StartSyncExecution asks for', async () => {
    const { client, stateMachineArn, createMachine } = await expressWorld(answering(1));
    expect(stateMachineArn).toMatch(/:deploy$/);
    const standard = await createMachine(answering(1), { name: 'standard' });
    await expect(
      client.send(
        new StartSyncExecutionCommand({ stateMachineArn: standard.stateMachineArn ?? '' }),
      ),
    ).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' });
  });
});

describe('tags', () => {
  it('are added, replaced and removed by key', async () => {
    const { client, createMachine } = await apiWorld();
    const tags = [
      { key: 'team', value: 'shop' },
      { key: 'env', value: 'dev' },
    ];
    const { stateMachineArn: resourceArn } = await createMachine(answering(1), { tags });
    await client.send(
      new TagResourceCommand({ resourceArn, tags: [{ key: 'env', value: 'prod' }] }),
    );
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'gone'] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: 'env', value: 'prod' },
    ]);
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }));
    await expect(
      client.send(new TagResourceCommand({ resourceArn, tags: many })),
    ).rejects.toMatchObject({ name: 'TooManyTags' });
    await expect(
      client.send(
        new ListTagsForResourceCommand({ resourceArn: resourceArn?.replace('deploy', 'gone') }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});
