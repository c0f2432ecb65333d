import { InvalidEventError } from '../errors.ts';
import type { DescribedExecution } from '../ports/executions.ts';
import type { ReleaseRequest, UnresolvedRequest } from '../release.ts';
import { askedText, handEventId, parseHandRequest } from '../workflow/hand-request.ts';
import { readRequest } from '../workflow/step-input.ts';
import type { IgnoredEvent } from './image-push.ts';
import { MemberReader } from './member-reader.ts';
import {
  documentRule,
  eventIdRule,
  executionArnRule,
  executionNameRule,
  proseRule,
} from './text-rules.ts';

/** Ends that may have left no outcome; an execution that SUCCEEDED recorded its own. */
export const unhappyEnds = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export type UnhappyEnd = (typeof unhappyEnds)[number];

/** An execution of the workflow is over, though not because it came to its end. */
export interface ExecutionEnded {
  readonly kind: 'execution-ended';
  readonly eventId: string;
  readonly executionArn: string;
  readonly executionName: string;
  readonly status: UnhappyEnd;
  readonly redriveCount: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** The execution's input; of one that was started by hand only what was asked for. */
  readonly request: ReleaseRequest | UnresolvedRequest;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/**
 * Reads a `Step Functions Execution Status Change` (Step Functions guide, "Automating event delivery"). An
 * execution whose input is no request, which a person may have typed, is ignored: it was never a push. Throws
 * InvalidEventError that names everything that is wrong with the event itself.
 */
export function parseExecutionStatusChange(event: unknown): ExecutionEnded | IgnoredEvent {
  const envelope = MemberReader.of(event);
  const eventId = envelope.text('id', eventIdRule);
  const detail = envelope.members('detail');
  const status = detail.text('status');
  const ended = {
    executionArn: detail.text('executionArn', executionArnRule),
    executionName: detail.text('name', executionNameRule),
    startedAt: new Date(detail.instantMs('startDate')).toISOString(),
    redriveCount: detail.optionalCount('redriveCount') ?? 0,
    error: detail.optionalText('error', proseRule),
    cause: detail.optionalText('cause', proseRule),
  };
  envelope.finish('the event as an execution status change');
  return judgeEnd({ eventId, status, input: detail.optionalText('input', documentRule), ...ended });
}

/** The same of an execution that was asked for its state, whose event may never have come. */
export function endedExecution(execution: DescribedExecution): ExecutionEnded | IgnoredEvent {
  const { executionArn, executionName, startedAtMs, redriveCount, error, cause } = execution;
  const startedAt = new Date(startedAtMs).toISOString();
  const ended = { executionArn, executionName, startedAt, redriveCount, error, cause };
  const { status, input } = execution;
  return judgeEnd({ eventId: executionName, status, input, ...ended });
}

function judgeEnd({
  eventId,
  status,
  input,
  ...ended
}: Omit<ExecutionEnded, 'kind' | 'status' | 'request'> & {
  readonly status: string;
  readonly input: string | undefined;
}): ExecutionEnded | IgnoredEvent {
  if (!isUnhappy(status)) {
    return { kind: 'ignored', eventId, reason: `The execution is ${status}` };
  }
  const request = requestOfInput(input, ended.executionName);
  if (request === undefined) {
    const reason = `The input of ${ended.executionName} is no request for a release`;
    return { kind: 'ignored', eventId, reason };
  }
  return { kind: 'execution-ended', eventId, status, request, ...ended };
}

function isUnhappy(status: string): status is UnhappyEnd {
  return unhappyEnds.some((end) => end === status);
}

/** Undefined when the input, a JSON text, is no request for a release. */
export function requestOfInput(
  input: string | undefined,
  executionName: string,
): ReleaseRequest | UnresolvedRequest | undefined {
  try {
    const value: unknown = JSON.parse(input ?? 'null');
    const byHand = parseHandRequest(value);
    if (byHand !== undefined) {
      const { service, ask } = byHand;
      return { service, eventId: handEventId(executionName), asked: askedText(ask) };
    }
    const reader = MemberReader.of(value);
    const request = readRequest(reader);
    reader.finish('the input of the execution');
    return request;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
