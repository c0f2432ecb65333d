import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stepFunctionsWorkflow } from '../../../functions/adapters/step-functions.ts';
import { RequestRefusedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { type ScriptedAnswer, scriptedAws } from '../../support/scripted-aws.ts';

const stateMachineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:greengate-deploy';

async function prepare(answer: ScriptedAnswer) {
  const aws = await scriptedAws(() => answer);
  const client = new SFNClient(aws.client);
  return {
    aws,
    workflow: stepFunctionsWorkflow(client, stateMachineArn),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

function failure(name: string, status = 400): ScriptedAnswer {
  return { status, body: { __type: name, message: 'as AWS said' } };
}

describe('stepFunctionsWorkflow', () => {
  it('starts an execution under the given name', async () => {
    await using prepared = await prepare({ body: { executionArn: 'arn', startDate: 1 } });
    const started = prepared.workflow.startExecution({ name: 'shop-1', input: { tag: 'v1' } });
    expect(await started).toBe('started');
    expect(JSON.parse(prepared.aws.calls[0]?.body ?? '')).toEqual({
      stateMachineArn,
      name: 'shop-1',
      input: '{"tag":"v1"}',
    });
  });

  it('takes a name that was used before for the same push again', async () => {
    await using prepared = await prepare(failure('ExecutionAlreadyExists'));
    const started = prepared.workflow.startExecution({ name: 'shop-1', input: {} });
    expect(await started).toBe('already-started');
  });

  it.each([
    [failure('StateMachineDoesNotExist'), RequestRefusedError],
    [failure('ThrottlingException'), TransientAwsError],
    [failure('InternalFailure', 500), TransientAwsError],
  ])('fails to start otherwise (%#)', async (answer, expected) => {
    await using prepared = await prepare(answer);
    const start = prepared.workflow.startExecution({ name: 'shop-1', input: {} });
    await expect(start).rejects.toThrow(expected);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'takes %s as an answer that came too late',
    async (name) => {
      await using prepared = await prepare(failure(name));
      expect(await prepared.workflow.sendTaskSuccess('token', {})).toBe('gone');
      const cause = { error: 'DeploymentRolledBack', cause: 'why' };
      expect(await prepared.workflow.sendTaskFailure('token', cause)).toBe('gone');
    },
  );

  it('sends a failure within the limits of the API', async () => {
    await using prepared = await prepare({ body: {} });
    const cause = { error: 'E'.repeat(300), cause: 'c'.repeat(40_000) };
    expect(await prepared.workflow.sendTaskFailure('token', cause)).toBe('accepted');
    const sent = JSON.parse(prepared.aws.calls[0]?.body ?? '');
    expect([sent.error.length, sent.cause.length]).toEqual([256, 32_768]);
  });
});
