import type { BodyExpectation } from '../config/expectation-schemas.ts';
import type { Mask } from '../probe/mask.ts';
import type { Answer } from './http-expectations.ts';
import { type Miss, quoted } from './miss.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

/** Bytes that the service sent, kept or not. */
export function bodyBytesOf(answer: Answer): number {
  return answer.bodyBytes ?? new TextEncoder().encode(answer.body).length;
}

/** Whether only the beginning of the body was kept. */
export function isCut(answer: Answer): boolean {
  return (answer.bodyBytes ?? 0) > keptBytes(answer);
}

/** A body that was cut within a character ends in a replacement character of three bytes. */
function keptBytes({ body }: Answer): number {
  return new TextEncoder().encode(body).length;
}

/** What is missed of expectations about the body as a text, and about its size. */
export function missedBody(
  expectation: BodyExpectation | undefined,
  answer: Answer,
  mask: Mask,
): Miss[] {
  if (expectation === undefined) return [];
  const misses = missedBytes(expectation, bodyBytesOf(answer));
  if (meetsTextExpectation(expectation, answer.body)) return misses;
  const cut = isCut(answer)
    ? ` (checks read the first 256 KiB of its ${answer.bodyBytes} bytes)`
    : '';
  const expected = mask(`body ${describeTextExpectation(expectation)}`);
  return [...misses, { expected, observed: `${quoted(answer.body, mask)}${cut}` }];
}

function missedBytes(expectation: BodyExpectation, bytes: number): Miss[] {
  // Stryker disable next-line ConditionalExpression,StringLiteral: a string has no members that bound its bytes
  if (typeof expectation === 'string') return [];
  const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY } = expectation;
  if (bytes < minBytes) {
    return [{ expected: `a body of at least ${minBytes} bytes`, observed: `${bytes} bytes` }];
  }
  if (bytes > maxBytes) {
    return [{ expected: `a body of at most ${maxBytes} bytes`, observed: `${bytes} bytes` }];
  }
  return [];
}
