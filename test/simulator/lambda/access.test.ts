import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFunctionName } from '../../../simulator/lambda/function-name.ts';
import { lambdaWire } from '../../../simulator/lambda/wire.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

const ruleArn = 'arn:aws:events:eu-west-1:111122223333:rule/pushes';
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:target';

describe('the resource policy', () => {
  const allowed = { principal: 'events.amazonaws.com', sourceArn: ruleArn };
  it.each([
    ['no permission', [], false],
    ['the rule itself', [{ Principal: 'events.amazonaws.com', SourceArn: ruleArn }], true],
    [
      'every rule',
      [{ Principal: 'events.amazonaws.com', SourceArn: `${ruleArn.slice(0, -6)}*` }],
      true,
    ],
    ['the principal alone', [{ Principal: 'events.amazonaws.com' }], true],
    ['another rule', [{ Principal: 'events.amazonaws.com', SourceArn: `${ruleArn}-2` }], false],
    ['another service', [{ Principal: 's3.amazonaws.com', SourceArn: ruleArn }], false],
    [
      'another action',
      [{ Principal: 'events.amazonaws.com', Action: 'lambda:InvokeFunctionUrl' }],
      false,
    ],
  ])('with %s lets EventBridge invoke: %#', async (_, permissions, permitted) => {
    await lambda.define('target', 'export const handler = async () => 1;');
    for (const permission of permissions) {
      await lambda.create('AWS::Lambda::Permission', {
        FunctionName: functionArn,
        Action: 'lambda:InvokeFunction',
        ...permission,
      });
    }
    const attempt = lambda.model.invoke({
      functionName: functionArn,
      payload: {},
      type: 'RequestResponse',
      invoker: allowed,
    });
    if (permitted) expect(await attempt).toMatchObject({ payload: 1 });
    else await expect(attempt).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});

describe('parseFunctionName', () => {
  it.each([
    ['shop', undefined, { name: 'shop', qualifier: undefined }],
    ['shop:live', undefined, { name: 'shop', qualifier: 'live' }],
    ['111122223333:function:shop', undefined, { name: 'shop', qualifier: undefined }],
    [functionArn, '7', { name: 'target', qualifier: '7' }],
    [`${functionArn}:$LATEST`, undefined, { name: 'target', qualifier: '$LATEST' }],
  ])('reads %s with qualifier %s', (text, qualifier, expected) => {
    expect(parseFunctionName(text, qualifier)).toEqual(expected);
  });

  it.each([['a b'], [''], [`${functionArn}:1:2`]])('refuses %j', (text) => {
    expect(() => parseFunctionName(text)).toThrow(/functionName/);
  });
});

describe('the template', () => {
  it.each([
    ['an image', { PackageType: 'Image' }, /PackageType/],
    [
      'unknown layers',
      { Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:x:1'] },
      /layer:x:1/,
    ],
    ['another runtime', { Runtime: 'python3.12' }, /Runtime/],
    ['a reserved variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, /AWS_REGION/],
    ['an unpublished asset', { Code: { S3Bucket: 'assets', S3Key: 'none.zip' } }, /NoSuchKey/],
  ])('with %s is refused by name', async (_, properties, message) => {
    await expect(lambda.define('bad', '', properties)).rejects.toThrow(message);
  });
});

describe('the wire', () => {
  const call = async (name: string, input: object) => {
    const operation = lambdaWire(lambda.model, lambda.world).operations[name];
    return (await operation?.handle(input as never, {
      caller: { accessKeyId: 'x', name: 'user' },
      requestId: 'r',
    })) as Record<string, unknown>;
  };

  it('Invoke answers payload, error marker and log tail', async () => {
    await lambda.define(
      'target',
      'export const handler = async (e) => { console.log("hi"); if (e.f) throw new Error("x"); return e; };',
    );
    const good = await call('Invoke', {
      FunctionName: 'target',
      Payload: Buffer.from('{"a":1}'),
      LogType: 'Tail',
    });
    expect(String(good.Payload)).toBe('{"a":1}');
    expect(good).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(Buffer.from(String(good.LogResult), 'base64').toString()).toContain('\tINFO\thi\n');
    expect(
      await call('Invoke', { FunctionName: 'target', Payload: Buffer.from('{"f":1}') }),
    ).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(await call('Invoke', { FunctionName: 'target', InvocationType: 'DryRun' })).toEqual({
      StatusCode: 204,
    });
    await expect(
      call('Invoke', { FunctionName: 'target', Payload: Buffer.from('{') }),
    ).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  });

  it('an alias of a version is invoked under its own ARN', async () => {
    await lambda.define(
      'target',
      'export const handler = async (_, c) => [c.functionVersion, c.invokedFunctionArn];',
    );
    await lambda.create('AWS::Lambda::Version', { FunctionName: 'target' });
    await lambda.create('AWS::Lambda::Alias', {
      FunctionName: 'target',
      FunctionVersion: '1',
      Name: 'live',
    });
    const answer = await call('Invoke', { FunctionName: 'target', Qualifier: 'live' });
    expect(JSON.parse(String(answer.Payload))).toEqual(['1', `${functionArn}:live`]);
    await expect(
      call('Invoke', { FunctionName: 'target', Qualifier: 'dead' }),
    ).rejects.toMatchObject({ message: `Function not found: ${functionArn}:dead` });
  });

  it('ListFunctions pages with a marker', async () => {
    for (const name of ['b', 'a', 'c']) await lambda.define(name, '');
    const first = await call('ListFunctions', { MaxItems: 2 });
    expect(first.Functions).toMatchObject([{ FunctionName: 'a' }, { FunctionName: 'b' }]);
    const second = await call('ListFunctions', { MaxItems: 2, Marker: first.NextMarker });
    expect(second).toEqual({ Functions: [expect.objectContaining({ FunctionName: 'c' })] });
  });

  it('GetPolicy shows the permission as a statement', async () => {
    await lambda.define('target', '');
    await expect(call('GetPolicy', { FunctionName: 'target' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await lambda.create('AWS::Lambda::Permission', {
      FunctionName: 'target',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: ruleArn,
    });
    const { Policy } = await call('GetPolicy', { FunctionName: 'target' });
    expect(JSON.parse(String(Policy)).Statement).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: functionArn,
        Condition: { ArnLike: { 'AWS:SourceArn': ruleArn } },
      },
    ]);
  });
});
