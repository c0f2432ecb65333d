import { describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { releaseRequest } from '../../support/builders/releases.ts';

describe('parseExecutionStatusChange', () => {
  it('reads how an execution ended and what it was started with', () => {
    expect(parseExecutionStatusChange(executionEvent())).toEqual({
      kind: 'execution-ended',
      eventId: 'c1b4c1f4-0000-4000-8000-000000000001',
      executionArn:
        'arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:shop-222222222222-ab',
      executionName: 'shop-222222222222-ab',
      status: 'ABORTED',
      redriveCount: 0,
      startedAt: '2026-09-01T10:00:05.123Z',
      request: releaseRequest(),
      error: 'Operator',
      cause: 'wrong tag',
    });
  });

  it('reads the redrive that ended, and an end without error and cause', () => {
    const detail = { status: 'TIMED_OUT', redriveCount: 2, error: null, cause: null };

    expect(parseExecutionStatusChange(executionEvent(detail))).toMatchObject({
      status: 'TIMED_OUT',
      redriveCount: 2,
      error: undefined,
      cause: undefined,
    });
  });

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'])('ignores one that is %s', (status) => {
    expect(parseExecutionStatusChange(executionEvent({ status }))).toMatchObject({
      kind: 'ignored',
      reason: `The execution is ${status}`,
    });
  });

  it.each([
    ['nothing', null],
    ['no JSON', 'shop'],
    ['another object', '{"image":"shop"}'],
    ['a request with a digest that is none', JSON.stringify(releaseRequest({ digest: 'latest' }))],
  ])('ignores one that was started with %s', (_, input) => {
    expect(parseExecutionStatusChange(executionEvent({ input }))).toMatchObject({
      kind: 'ignored',
      reason: 'The input of shop-222222222222-ab is no request for a release',
    });
  });

  it('names everything that an event lacks', () => {
    const event = executionEvent({ name: undefined, status: 7, startDate: 'yesterday' });

    expect(() => parseExecutionStatusChange(event)).toThrow(
      'Cannot read the event as an execution status change: detail.status is 7, expected text; detail.name is missing, expected the name of an execution of at most 80 characters; detail.startDate is "yesterday", expected a whole number from 0',
    );
  });
});
