import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublishedEvent } from '../../../simulator/core/services.ts';
import { eventually } from '../../support/eventually.ts';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
  lambda.world.provide('lambda', lambda.model);
});
afterEach(() => lambda.stop());

const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:work';
const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:failures';
const source =
  'export const handler = async (event) => { if (event.fail) throw new Error("no"); return "yes"; };';
const put = (change: Partial<PutFunctionEventInvokeConfigCommandInput> = {}) =>
  lambda.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'work', ...change }));
const enqueue = (payload: unknown) =>
  lambda.model.invoke({ functionName: 'work', payload, type: 'Event' });

describe('a destination', () => {
  it('that is a function gets the record as its event', async () => {
    await lambda.define('work', source);
    await lambda.define(
      'after',
      'export const handler = async (event) => console.log("got " + JSON.stringify(event));',
    );
    await put({ DestinationConfig: { OnSuccess: { Destination: arn.replace('work', 'after') } } });
    const { requestId } = await enqueue({ n: 1 });
    const got = () => lambda.logLines.find((line) => line.includes('\tgot '));
    await eventually(() => expect(got()).toMatch(/got/));
    const line = got() ?? '';
    expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-11-21T09:/),
      requestContext: {
        requestId,
        functionArn: `${arn}:$LATEST`,
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: 'yes',
    });
  });

  it('that is the default bus gets an event of Lambda', async () => {
    const published: PublishedEvent[] = [];
    lambda.world.provide('events', {
      publish: (event) => {
        published.push(event);
        return 'id';
      },
      redeliver: () => {},
    });
    await lambda.define('work', source);
    const Destination = 'arn:aws:events:eu-west-1:111122223333:event-bus/default';
    await put({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
    await enqueue({ fail: true });
    await eventually(() => expect(published).toHaveLength(1));
    expect(published[0]).toMatchObject({
      source: 'lambda',
      detailType: 'Lambda Function Invocation Result - Failure',
      resources: [Destination, `${arn}:$LATEST`],
      detail: {
        requestContext: { condition: 'RetriesExhausted' },
        responsePayload: { errorMessage: 'no' },
      },
    });
  });

  it('that the role may not write to any more is only counted', async () => {
    const metrics: unknown[] = [];
    lambda.world.provide('cloudwatch', {
      holdMetric: () => {},
      putMetric: (metric) => void metrics.push(metric),
      alarmStates: () => [],
    });
    await lambda.define('work', source);
    await put({ DestinationConfig: { OnSuccess: { Destination: queueArn } } });
    const { canAssume, roleMay, roleCredentials } = lambda.world.services.iam;
    lambda.world.provide('iam', {
      ensureServiceLinkedRole: () => {},
      canAssume,
      roleMay,
      roleCredentials,
      authorize: ({ action }) =>
        action === 'sqs:SendMessage'
          ? { allowed: false, reason: 'implicit-deny', message: 'no' }
          : { allowed: true },
    });
    await enqueue({});
    await eventually(() => expect(metrics).toHaveLength(1));
    expect(metrics[0]).toEqual({
      namespace: 'AWS/Lambda',
      name: 'DestinationDeliveryFailures',
      dimensions: { FunctionName: 'work' },
      value: 1,
    });
    expect(lambda.queued).toEqual([]);
  });
});

describe('asynchronous settings', () => {
  it('are put, changed in part, listed and deleted', async () => {
    await lambda.define('work', source);
    const OnFailure = { Destination: queueArn };
    const first = await put({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure } });
    expect(first).toMatchObject({
      FunctionArn: `${arn}:$LATEST`,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnSuccess: {}, OnFailure },
    });
    const second = await lambda.client.send(
      new UpdateFunctionEventInvokeConfigCommand({
        FunctionName: 'work',
        MaximumEventAgeInSeconds: 60,
      }),
    );
    expect(second).toMatchObject({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure },
    });
    const { FunctionEventInvokeConfigs } = await lambda.client.send(
      new ListFunctionEventInvokeConfigsCommand({ FunctionName: 'work' }),
    );
    expect(FunctionEventInvokeConfigs).toHaveLength(1);
    const of = { FunctionName: 'work' };
    await lambda.client.send(new DeleteFunctionEventInvokeConfigCommand(of));
    await expect(
      lambda.client.send(new GetFunctionEventInvokeConfigCommand(of)),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
    });
  });

  it.each<[Partial<PutFunctionEventInvokeConfigCommandInput>, string, RegExp]>([
    [
      { MaximumRetryAttempts: 3 },
      'ValidationException',
      /'maximumRetryAttempts'.* less than or equal to 2$/,
    ],
    [{ MaximumEventAgeInSeconds: 59 }, 'ValidationException', /greater than or equal to 60$/],
    [
      {
        DestinationConfig: {
          OnFailure: { Destination: 'arn:aws:ecs:eu-west-1:111122223333:cluster/x' },
        },
      },
      'InvalidParameterValueException',
      /^The provided destination config DestinationConfig\(onSuccess=null, onFailure=OnFailure\(destination=arn:aws:ecs:.*\)\) is invalid\.$/,
    ],
    [
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
      'NotImplemented',
      /arn:aws:s3:::bucket/,
    ],
  ])('of %j are refused', async (change, name, message) => {
    await lambda.define('work', source);
    await expect(put(change)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
