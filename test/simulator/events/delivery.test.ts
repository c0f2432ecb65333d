import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import {
  createEventsFixture,
  type EventsFixture,
  functionArn,
  queueArn,
  ruleArn,
} from './events-fixture.ts';

let bus: EventsFixture;
beforeEach(() => {
  bus = createEventsFixture();
});
afterEach(() => bus.stop());

describe('an event that matches a rule', () => {
  it('reaches the function with the envelope that AWS sends', async () => {
    await bus.rule();
    const id = bus.push();
    expect(bus.invocations).toEqual([]);
    await bus.delivered(1);
    expect(bus.invocations).toEqual([
      {
        functionName: functionArn,
        type: 'Event',
        invoker: { principal: 'events.amazonaws.com', sourceArn: ruleArn },
        payload: {
          version: '0',
          id,
          'detail-type': 'ECR Image Action',
          source: 'aws.ecr',
          account: '111122223333',
          time: expect.stringMatching(/^2026-11-21T09:00:0\dZ$/),
          region: 'eu-west-1',
          resources: [],
          detail: { 'image-tag': 'v1' },
        },
      },
    ]);
  });

  it('is delivered again under the same id', async () => {
    await bus.rule();
    const id = bus.push();
    bus.model.redeliver(id);
    await bus.delivered(2);
    expect(bus.invocations.map(({ payload }) => (payload as { id: string }).id)).toEqual([id, id]);
    expect(() => bus.model.redeliver('nothing')).toThrow(/no event of that id/);
  });

  it('reaches queues, topics and state machines, each with its own input', async () => {
    const machineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:deploy';
    const topicArn = 'arn:aws:sns:eu-west-1:111122223333:topic';
    await bus.rule({
      Targets: [
        { Id: 'queue', Arn: queueArn, InputPath: '$.detail' },
        { Id: 'topic', Arn: topicArn, Input: '{"fixed":1}' },
        { Id: 'machine', Arn: machineArn, RoleArn: 'arn:aws:iam::111122223333:role/r' },
      ],
    });
    const id = bus.push();
    await bus.delivered(3);
    expect(bus.queued).toEqual([
      { queueArn, body: { 'image-tag': 'v1' }, attributes: undefined },
      { queueArn: topicArn, body: { fixed: 1 }, attributes: undefined },
      {
        queueArn: machineArn,
        body: expect.objectContaining({ id }),
        attributes: expect.stringMatching(new RegExp(`^${id}_`)),
      },
    ]);
  });

  it('of a disabled rule goes nowhere', async () => {
    await bus.rule({ State: 'DISABLED' });
    bus.push();
    await bus.world.clock.sleep(1_000);
    expect(bus.outcomes()).toEqual([]);
  });
});

describe('a target that refuses', () => {
  const targets = (policy?: object) => ({
    Targets: [
      {
        Id: 'receive',
        Arn: functionArn,
        DeadLetterConfig: { Arn: queueArn },
        ...(policy && { RetryPolicy: policy }),
      },
    ],
  });
  const refuse = (code: string) => {
    bus.answer = () => {
      throw new AwsError(code, `${code}!`);
    };
  };

  it.each([
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['ResourceNotFoundException', 'NO_RESOURCE'],
  ])('for good (%s) goes to the dead-letter queue at once', async (thrown, code) => {
    refuse(thrown);
    await bus.rule(targets());
    const id = bus.push();
    await bus.delivered(1);
    expect(bus.invocations).toHaveLength(1);
    expect(bus.queued).toEqual([
      {
        queueArn,
        body: expect.objectContaining({ id, source: 'aws.ecr' }),
        attributes: {
          RULE_ARN: ruleArn,
          TARGET_ARN: functionArn,
          ERROR_CODE: code,
          ERROR_MESSAGE: `${thrown}!`,
        },
      },
    ]);
    expect(bus.outcomes()).toEqual(['dead-lettered']);
  });

  it('for now is tried again as often as the retry policy says', async () => {
    refuse('TooManyRequestsException');
    await bus.rule(targets({ MaximumRetryAttempts: '3' }));
    bus.push();
    await bus.delivered(1);
    expect(bus.invocations).toHaveLength(4);
    expect(bus.queued[0]?.attributes).toMatchObject({
      ERROR_CODE: 'THROTTLING',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '3',
    });
  });

  it('for longer than the event may live is given up', async () => {
    refuse('TooManyRequestsException');
    await bus.rule(targets({ MaximumEventAgeInSeconds: 60 }));
    const startedAtMs = bus.world.clock.now();
    bus.push();
    await bus.delivered(1);
    expect(bus.world.clock.now() - startedAtMs).toBeLessThan(60_000);
    expect(bus.queued[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    });
  });

  it.each([
    [{ eventRetryFirstMs: 1_000, eventRetryLongestMs: 600_000 }, 3_500, 7_000],
    [{ eventRetryFirstMs: 8_000, eventRetryLongestMs: 600_000 }, 28_000, 56_000],
    [{ eventRetryFirstMs: 8_000, eventRetryLongestMs: 8_000 }, 12_000, 24_000],
  ])('waits as %j says', async (settings, leastMs, mostMs) => {
    Object.assign(bus.world.settings, settings);
    refuse('TooManyRequestsException');
    await bus.rule(targets({ MaximumRetryAttempts: '3' }));
    const startedAtMs = bus.world.clock.now();
    bus.push();
    await bus.delivered(1);
    const [delivered] = bus.world.journal.of('event.delivered');
    const tookMs = Number(delivered?.atMs) - startedAtMs;
    expect(tookMs).toBeGreaterThanOrEqual(leastMs);
    expect(tookMs).toBeLessThan(mostMs + 1_000);
  });

  it.each([
    [true, 1],
    [false, 3],
  ])('eventIdAcrossRetries %s: three tries have %i ids', async (eventIdAcrossRetries, ids) => {
    Object.assign(bus.world.settings, { eventIdAcrossRetries });
    refuse('TooManyRequestsException');
    await bus.rule(targets({ MaximumRetryAttempts: '2' }));
    bus.push();
    await bus.delivered(1);
    const tried = bus.invocations.map(({ payload }) => (payload as { id: string }).id);
    expect(tried).toHaveLength(3);
    expect(new Set(tried).size).toBe(ids);
  });

  it('once is tried again and then succeeds', async () => {
    bus.answer = () => {
      if (bus.invocations.length === 1) throw new AwsError('TooManyRequestsException', 'Slow down');
    };
    await bus.rule(targets());
    bus.push();
    await bus.delivered(1);
    expect(bus.invocations).toHaveLength(2);
    expect(bus.outcomes()).toEqual(['ok']);
    expect(bus.queued).toEqual([]);
  });

  it('without a dead-letter queue drops the event', async () => {
    refuse('AccessDeniedException');
    await bus.rule();
    bus.push();
    await bus.delivered(1);
    expect(bus.outcomes()).toEqual(['dropped']);
  });
});
