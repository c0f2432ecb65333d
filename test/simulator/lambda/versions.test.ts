import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createLambdaClientFixture,
  type LambdaClientFixture,
  newFunction,
} from './lambda-client-fixture.ts';
import { zipOf } from './zip-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
  await lambda.client.send(new CreateFunctionCommand(newFunction('shop')));
  await lambda.world.clock.sleep(2_000);
});
afterEach(() => lambda.stop());

const FunctionName = 'shop';
const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:shop';
const publish = (input = {}) =>
  lambda.client.send(new PublishVersionCommand({ FunctionName, ...input }));
const update = async (result: number) => {
  const content = `exports.handler = async (event, context) => [${result}, context.functionVersion, context.invokedFunctionArn];`;
  const ZipFile = zipOf([{ name: 'index.js', content }]);
  await lambda.client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  await lambda.world.clock.sleep(2_000);
};
const invoke = async (Qualifier: string) => {
  const answer = await lambda.client.send(new InvokeCommand({ FunctionName, Qualifier }));
  return [answer.ExecutedVersion, JSON.parse(answer.Payload?.transformToString() ?? '')];
};
const alias = (input: Partial<CreateAliasCommand['input']> = {}) =>
  lambda.client.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', ...input }),
  );

describe('a published version', () => {
  it('keeps code and configuration while $LATEST changes', async () => {
    const first = await publish({ Description: 'first' });
    expect(first).toMatchObject({
      Version: '1',
      FunctionArn: `${arn}:1`,
      Description: 'first',
      State: 'Active',
    });
    await update(2);
    expect((await publish()).Version).toBe('2');
    expect(await invoke('1')).toEqual(['1', 1]);
    expect(await invoke('2')).toEqual(['2', [2, '2', `${arn}:2`]]);
    const { Versions } = await lambda.client.send(
      new ListVersionsByFunctionCommand({ FunctionName }),
    );
    expect(Versions?.map(({ FunctionArn }) => FunctionArn)).toEqual([
      `${arn}:$LATEST`,
      `${arn}:1`,
      `${arn}:2`,
    ]);
  });

  it('is the last one again when nothing has changed', async () => {
    await publish();
    expect((await publish({ Description: 'again' })).Version).toBe('1');
  });

  it('is not made of other code than the caller means', async () => {
    await expect(publish({ CodeSha256: 'other' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(
        /^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST \(.{44}\)\. Please try again/,
      ),
    });
    await expect(publish({ RevisionId: 'other' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
  });

  // DeleteFunction takes `my-function:1` as it takes a Qualifier, says its reference.
  it('named with the function is deleted alone', async () => {
    await publish();
    const remove = (name: string) =>
      lambda.client.send(new DeleteFunctionCommand({ FunctionName: name }));
    await expect(remove('shop:7')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}:7`,
    });
    await remove(`${arn}:1`);
    await expect(invoke('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await invoke('$LATEST')).toEqual(['$LATEST', 1]);
  });

  it.each([
    [
      'arn:aws:lambda:us-west-2:111122223333:function:shop',
      "Functions from 'us-west-2' are not reachable in this region ('eu-west-1')",
    ],
    [
      'us-west-2:111122223333:function:shop:1',
      "Functions from 'us-west-2' are not reachable in this region ('eu-west-1')",
    ],
    [
      'arn:aws:lambda:eu-west-1:999999999999:function:shop',
      'Function not found: arn:aws:lambda:eu-west-1:999999999999:function:shop',
    ],
    ['999999999999:shop', 'Function not found: 999999999999:shop'],
  ])('%s is not the function of that name here', async (elsewhere, message) => {
    await expect(
      lambda.client.send(new InvokeCommand({ FunctionName: elsewhere })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message });
  });

  it('is not deleted while an alias points to it, and its number is not given again', async () => {
    await publish();
    await alias();
    const remove = (Qualifier: string) =>
      lambda.client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
    await expect(remove('1')).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Version was not deleted because the following aliases reference it: [live]',
    });
    await expect(remove('$LATEST')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: '$LATEST version cannot be deleted without deleting the function.',
    });
    await lambda.client.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    await remove('1');
    await expect(invoke('1')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}:1`,
    });
    expect((await publish()).Version).toBe('2');
  });
});

describe('an alias', () => {
  it('leads to its version, shows its own ARN, and moves', async () => {
    await publish();
    const created = await alias({ Description: 'live traffic' });
    expect(created).toMatchObject({
      AliasArn: `${arn}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: 'live traffic',
    });
    await update(2);
    await publish();
    expect(await invoke('live')).toEqual(['1', 1]);
    const moved = await lambda.client.send(
      new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }),
    );
    expect(moved).toMatchObject({ FunctionVersion: '2', Description: 'live traffic' });
    expect(moved.RevisionId).not.toBe(created.RevisionId);
    expect(await invoke('live')).toEqual(['2', [2, '2', `${arn}:live`]]);
    const shown = new GetFunctionConfigurationCommand({ FunctionName: `${arn}:live` });
    expect(await lambda.client.send(shown)).toMatchObject({
      FunctionArn: `${arn}:live`,
      Version: '2',
    });
    const { Aliases } = await lambda.client.send(new ListAliasesCommand({ FunctionName }));
    expect(Aliases?.map(({ Name }) => Name)).toEqual(['live']);
  });

  it('divides invocations by weight', async () => {
    await publish();
    await update(2);
    await publish();
    const { RoutingConfig } = await alias({
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.3 } },
    });
    expect(RoutingConfig).toEqual({ AdditionalVersionWeights: { '2': 0.3 } });
    const drawn = Array.from(
      { length: 1_000 },
      () => lambda.model.functions.route('shop', 'live').version,
    );
    const share = drawn.filter((version) => version === '2').length / drawn.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it.each([
    [{ FunctionVersion: '7' }, 'ResourceNotFoundException', `Function not found: ${arn}:7`],
    [{ Name: 'live' }, 'ResourceConflictException', `Alias already exists: ${arn}:live`],
    [
      { FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } },
      'InvalidParameterValueException',
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
  ])('is refused with %j', async (change, name, message) => {
    await publish();
    await alias();
    await expect(alias({ Name: 'other', ...change })).rejects.toMatchObject({ name, message });
  });

  it('that is not there is missed by its ARN, and deleted all the same', async () => {
    const missing = { FunctionName, Name: 'none' };
    await expect(lambda.client.send(new GetAliasCommand(missing))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Cannot find alias arn: ${arn}:none`,
    });
    const { $metadata } = await lambda.client.send(new DeleteAliasCommand(missing));
    expect($metadata.httpStatusCode).toBe(204);
  });
});

describe('a resource policy', () => {
  const permission = {
    FunctionName,
    StatementId: 'from-events',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/pushes',
  };
  const statement = {
    Sid: 'from-events',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
  };
  const add = (change = {}) =>
    lambda.client.send(new AddPermissionCommand({ ...permission, ...change }));

  it('grows and shrinks by statements', async () => {
    expect(JSON.parse((await add()).Statement ?? '')).toEqual(statement);
    const { Policy } = await lambda.client.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [statement],
    });
    await expect(add()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The statement id (from-events) provided already exists. Please provide a new statement id, or remove the existing statement.',
    });
    const remove = new RemovePermissionCommand({ FunctionName, StatementId: 'from-events' });
    await lambda.client.send(remove);
    await expect(lambda.client.send(remove)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(lambda.client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  it('of the function does not open its alias, and the other way round', async () => {
    await publish();
    await alias();
    await add({ Qualifier: 'live' });
    const invoker = { principal: 'events.amazonaws.com', sourceArn: permission.SourceArn };
    const invokeAs = (functionName: string) =>
      lambda.model.invoke({ functionName, payload: {}, type: 'RequestResponse', invoker });
    expect(await invokeAs(`${arn}:live`)).toMatchObject({ payload: 1 });
    await expect(invokeAs(arn)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  it('names no principal that does not exist', async () => {
    await expect(add({ Principal: 'somebody' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The provided principal was invalid. Please check the principal and try again.',
    });
  });
});
