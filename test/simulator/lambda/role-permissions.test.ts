import {
  CreateFunctionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createLambdaClientFixture,
  type LambdaClientFixture,
  newFunction,
  roleArn,
} from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

/** The function's role may do anything but these actions. */
function forbid(...actions: string[]) {
  const { canAssume, roleMay, roleCredentials } = lambda.world.services.iam;
  const asked: string[] = [];
  lambda.world.provide('iam', {
    ensureServiceLinkedRole: () => {},
    canAssume,
    roleMay,
    roleCredentials,
    authorize: ({ roleArn: by, action, resource }) => {
      asked.push(`${by} ${action} ${resource}`);
      if (!actions.includes(action)) return { allowed: true };
      return { allowed: false, reason: 'implicit-deny', message: 'no' };
    },
  });
  return asked;
}

const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
const topicArn = 'arn:aws:sns:eu-west-1:111122223333:dead';
const create = (more: object = {}) =>
  lambda.client.send(new CreateFunctionCommand({ ...newFunction('shop'), ...more }));

it.each([
  [queueArn, 'sqs:SendMessage', 'call SendMessage on SQS'],
  [topicArn, 'sns:Publish', 'call Publish on SNS'],
])('a dead letter to %s takes %s', async (TargetArn, action, what) => {
  const asked = forbid(action);
  const DeadLetterConfig = { TargetArn };
  const refused = {
    name: 'InvalidParameterValueException',
    message: `The provided execution role does not have permissions to ${what}`,
  };
  await expect(create({ DeadLetterConfig })).rejects.toMatchObject(refused);
  expect(asked).toEqual([`${roleArn} ${action} ${TargetArn}`]);
  await create();
  await lambda.world.clock.sleep(2_000);
  const update = (change: object) =>
    lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', ...change }));
  await expect(update({ DeadLetterConfig })).rejects.toMatchObject(refused);
  forbid();
  await update({ DeadLetterConfig });
  await lambda.world.clock.sleep(2_000);
  forbid(action);
  await expect(update({ Role: roleArn })).rejects.toMatchObject(refused);
  await update({ Timeout: 4 });
});

it.each([
  ['OnFailure', queueArn, 'sqs:SendMessage', 'SendMessage'],
  ['OnSuccess', topicArn, 'sns:Publish', 'Publish'],
  [
    'OnSuccess',
    'arn:aws:lambda:eu-west-1:111122223333:function:next',
    'lambda:InvokeFunction',
    'InvokeFunction',
  ],
  [
    'OnFailure',
    'arn:aws:events:eu-west-1:111122223333:event-bus/default',
    'events:PutEvents',
    'PutEvents',
  ],
])('a destination %s %s takes %s', async (on, Destination, action, operation) => {
  await create();
  forbid(action);
  const DestinationConfig = { [on]: { Destination } };
  const put = () =>
    lambda.client.send(
      new PutFunctionEventInvokeConfigCommand({ FunctionName: 'shop', DestinationConfig }),
    );
  await expect(put()).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: `The function's execution role does not have permissions to call ${operation} on ${Destination}`,
  });
  forbid();
  expect((await put()).DestinationConfig).toMatchObject(DestinationConfig);
});

it.each(['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'])(
  'subnets take ec2:%s',
  async (operation) => {
    lambda.world.provide('ec2', { ...lambda.world.services.ec2, vpcOfSubnet: () => 'vpc-1' });
    forbid(`ec2:${operation}`);
    const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
    await expect(create({ VpcConfig })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `The provided execution role does not have permissions to call ${operation} on EC2`,
    });
    forbid('ec2:DescribeSubnets');
    expect((await create({ VpcConfig })).VpcConfig).toMatchObject({ VpcId: 'vpc-1' });
  },
);
