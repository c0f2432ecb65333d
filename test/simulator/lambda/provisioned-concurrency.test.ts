import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
  await lambda.define('work', 'export const handler = async () => 1;');
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'work' }));
  await lambda.client.send(
    new CreateAliasCommand({ FunctionName: 'work', Name: 'live', FunctionVersion: '1' }),
  );
});
afterEach(() => lambda.stop());

const put = (ProvisionedConcurrentExecutions: number, Qualifier = 'live') =>
  lambda.client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: 'work',
      Qualifier,
      ProvisionedConcurrentExecutions,
    }),
  );
const get = (Qualifier = 'live') =>
  lambda.client.send(
    new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'work', Qualifier }),
  );

it('is in progress, then ready, and gone once deleted', async () => {
  const begun = await put(5);
  expect(begun).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    RequestedProvisionedConcurrentExecutions: 5,
    AvailableProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
  });
  await lambda.world.clock.sleep(lambda.world.settings.functionUpdateMs);
  expect(await get()).toMatchObject({
    AvailableProvisionedConcurrentExecutions: 5,
    AllocatedProvisionedConcurrentExecutions: 5,
    Status: 'READY',
  });
  const of = { FunctionName: 'work' };
  const listed = await lambda.client.send(new ListProvisionedConcurrencyConfigsCommand(of));
  expect(listed.ProvisionedConcurrencyConfigs?.map(({ FunctionArn }) => FunctionArn)).toEqual([
    'arn:aws:lambda:eu-west-1:111122223333:function:work:live',
  ]);
  await lambda.client.send(
    new DeleteProvisionedConcurrencyConfigCommand({ ...of, Qualifier: 'live' }),
  );
  await expect(get()).rejects.toMatchObject({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
    message: 'No Provisioned Concurrency Config found for this function',
  });
});

it('is not for what is unpublished, nor beyond the reservation', async () => {
  await expect(put(1, '$LATEST')).rejects.toThrow(
    'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
  );
  await lambda.client.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: 'work',
      ReservedConcurrentExecutions: 5,
    }),
  );
  await put(3);
  await expect(put(3, '1')).rejects.toThrow(
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
  expect((await put(2, '1')).RequestedProvisionedConcurrentExecutions).toBe(2);
});
