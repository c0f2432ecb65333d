import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordFilter } from '../../../simulator/lambda/event-filter.ts';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { eventually } from '../../support/eventually.ts';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';

describe('a filter', () => {
  const passes = (pattern: object, body: string) =>
    recordFilter([JSON.stringify(pattern)])({ body });

  // The table of "Properly filtering Amazon SQS messages", Lambda guide.
  it.each([
    ['text and a pattern for text', { body: ['RequestCode: BBBB'] }, 'RequestCode: BBBB', true],
    ['other text', { body: ['RequestCode: BBBB'] }, 'RequestCode: CCCC', false],
    [
      'text and a pattern for JSON',
      { body: { RequestCode: ['BBBB'] } },
      'RequestCode: BBBB',
      false,
    ],
    ['JSON and a pattern for text', { body: ['BBBB'] }, '{"RequestCode":"BBBB"}', false],
    [
      'JSON and a pattern for JSON',
      { body: { RequestCode: ['BBBB'] } },
      '{"RequestCode":"BBBB"}',
      true,
    ],
    ['other JSON', { body: { RequestCode: [{ prefix: 'C' }] } }, '{"RequestCode":"BBBB"}', false],
    ['a number of JSON, which is text', { body: ['5'] }, '5', true],
  ])('of %s', (_what, pattern, body, expected) => {
    expect(passes(pattern, body)).toBe(expected);
  });

  it('beside others lets pass what one of them does', () => {
    const patterns = [{ body: { a: [1] } }, { body: { b: [2] } }].map((one) => JSON.stringify(one));
    const filter = recordFilter(patterns);
    const bodies = ['{"a":1}', '{"b":2}', '{"a":2,"b":1}'];
    expect(bodies.map((body) => filter({ body }))).toEqual([true, true, false]);
  });

  it('that is not there lets all pass', () => {
    expect(recordFilter([])({ body: 'any' })).toBe(true);
  });
});

describe('a mapping with filters', () => {
  let lambda: LambdaClientFixture;
  let sqs: SqsModel;
  beforeEach(async () => {
    lambda = await createLambdaClientFixture();
    sqs = new SqsModel(lambda.world);
    lambda.world.provide('sqs', sqs);
    sqs.createQueue('orders', {});
    await lambda.define(
      'worker',
      "export const handler = async ({ Records }) => console.log('got ' + Records.map(({ body }) => body).join());",
    );
  });
  afterEach(() => lambda.stop());

  const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:orders';
  const create = (...patterns: string[]) =>
    lambda.client.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: queueArn,
        FunctionName: 'worker',
        FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) },
      }),
    );
  const got = () =>
    lambda.logLines.flatMap((line) => /\tgot (.*)$/.exec(line)?.[1]?.split(',') ?? []);

  it('passes on what matches and deletes the rest', async () => {
    for (const body of ['big-1', 'small-1', 'big-2']) sqs.send(queueArn, body);
    await create('{"body":[{"prefix":"big"}]}');
    await eventually(() => expect(got()).toEqual(['big-1', 'big-2']));
    await eventually(() =>
      expect(sqs.byName('orders').counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 }),
    );
  });

  it('shows them, and loses them to empty criteria', async () => {
    const Pattern = '{"body":{"size":["big"]}}';
    const { UUID, FilterCriteria } = await create(Pattern);
    expect(FilterCriteria).toEqual({ Filters: [{ Pattern }] });
    const update = (change: object) =>
      lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, ...change }));
    expect((await update({ BatchSize: 5 })).FilterCriteria).toEqual({ Filters: [{ Pattern }] });
    await update({ FilterCriteria: {} });
    const shown = await lambda.client.send(new GetEventSourceMappingCommand({ UUID }));
    expect(shown).not.toHaveProperty('FilterCriteria');
    sqs.send(queueArn, 'small');
    await eventually(() => expect(got()).toEqual(['small']));
  });

  it.each(['{"body":"text"}', 'no json', '{}'])('%s is no pattern', async (pattern) => {
    await expect(create(pattern)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Invalid filter pattern definition.',
    });
  });

  it('takes five of them at most', async () => {
    const pattern = '{"body":["a"]}';
    await expect(create(...Array<string>(6).fill(pattern))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Number of filters is over the limit of 5.',
    });
  });
});
