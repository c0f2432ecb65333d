import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { ecsTaskDefinitions } from '../../../functions/adapters/ecs-task-definitions.ts';
import { RequestRefusedError, ResourceNotFoundError } from '../../../functions/core/errors.ts';
import { type ScriptedAnswer, type ScriptedCall, scriptedAws } from '../../support/scripted-aws.ts';

const arn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3';

async function prepare(answer: (call: ScriptedCall) => ScriptedAnswer, maxAttempts = 1) {
  const aws = await scriptedAws(answer);
  const client = new ECSClient({ ...aws.client, maxAttempts });
  return {
    aws,
    taskDefinitions: ecsTaskDefinitions(client),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

describe('ecsTaskDefinitions', () => {
  it('describes members that this SDK does not know', async () => {
    const document = {
      taskDefinitionArn: arn,
      family: 'shop',
      registeredAt: 1788000000.5,
      memberOfTomorrow: { grüße: [1] },
      containerDefinitions: [{ name: 'app', memberOfTomorrow: true }],
    };
    await using prepared = await prepare(() => ({
      body: { taskDefinition: document, tags: [{ key: 'team', value: 'shop' }, { key: 'bare' }] },
    }));
    expect(await prepared.taskDefinitions.describe(arn)).toEqual({
      arn,
      document,
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'bare', value: '' },
      ],
    });
    expect(JSON.parse(prepared.aws.calls[0]?.body ?? '')).toEqual({
      taskDefinition: arn,
      include: ['TAGS'],
    });
  });

  it('registers members that this SDK does not know, and tags only when there are some', async () => {
    await using prepared = await prepare(() => ({
      body: { taskDefinition: { taskDefinitionArn: arn } },
    }));
    const document = {
      family: 'shop',
      memberOfTomorrow: { grüße: [1] },
      containerDefinitions: [{ name: 'app', memberOfTomorrow: true }],
    };
    const tags = [{ key: 'team', value: 'shop' }];
    expect(await prepared.taskDefinitions.register(document, tags)).toBe(arn);
    await prepared.taskDefinitions.register(document, []);
    expect(prepared.aws.calls.map(({ operation, body }) => [operation, JSON.parse(body)])).toEqual([
      ['RegisterTaskDefinition', { ...document, tags }],
      ['RegisterTaskDefinition', document],
    ]);
  });

  it('says which task definition ECS cannot describe', async () => {
    await using prepared = await prepare(() => ({
      status: 400,
      body: { __type: 'ClientException', message: 'Unable to describe task definition.' },
    }));
    await expect(prepared.taskDefinitions.describe(arn)).rejects.toThrow(
      new ResourceNotFoundError(`ECS cannot describe task definition "${arn}"`),
    );
  });

  it('quotes why ECS refuses to register', async () => {
    await using prepared = await prepare(() => ({
      status: 400,
      body: { __type: 'ClientException', message: 'No Fargate configuration exists for 3 CPU' },
    }));
    const register = prepared.taskDefinitions.register({ family: 'shop' }, []);
    await expect(register).rejects.toThrow(RequestRefusedError);
    await expect(register).rejects.toThrow(
      'ecs:RegisterTaskDefinition on shop was refused: ClientException: No Fargate configuration exists for 3 CPU',
    );
  });

  it.each([
    [500, 'InternalFailure', 1],
    [503, 'ServiceUnavailable', 1],
    [400, 'ThrottlingException', 3],
  ])(
    'registers once when the answer is %i %s, unless nothing was done',
    async (status, code, calls) => {
      let left = 2;
      await using prepared = await prepare(
        () =>
          left-- > 0
            ? { status, body: { __type: code, message: 'for now' } }
            : { body: { taskDefinition: { taskDefinitionArn: arn } } },
        4,
      );

      const registering = prepared.taskDefinitions.register({ family: 'shop' }, []);

      if (calls > 1) expect(await registering).toBe(arn);
      else await expect(registering).rejects.toMatchObject({ name: 'TransientAwsError' });
      expect(prepared.aws.calls).toHaveLength(calls);
    },
  );

  it('lists the newest ACTIVE revisions of the family', async () => {
    await using prepared = await prepare(() => ({ body: { taskDefinitionArns: [arn] } }));
    expect(await prepared.taskDefinitions.listActiveRevisions('shop', 10)).toEqual([arn]);
    expect(JSON.parse(prepared.aws.calls[0]?.body ?? '')).toEqual({
      familyPrefix: 'shop',
      status: 'ACTIVE',
      sort: 'DESC',
      maxResults: 10,
    });
  });
});
