import type { HttpCheckConfig } from '../config/schema.ts';
import { outlineOf, type ResponseOutline } from '../probe/response-outline.ts';
import type { ProbeSample } from '../probe/sample.ts';
import type { AnswerContext } from './answer-context.ts';
import type { CheckResult, Evidence } from './check-result.ts';
import { missedExpectations } from './http-expectations.ts';
import { judgeOutcomes } from './judge-outcomes.ts';
import { latencyOf, type Outcome } from './outcome.ts';
import { maxResponses, responseEvidence, statusEvidence } from './response-evidence.ts';
import { timingEvidence } from './timing-evidence.ts';

/** Subject of a request's sentences: as it is configured, so that what `${...}` stands for stays out of it. */
export function requestSubject({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): string {
  return `${method} ${path}`;
}

/** One answer after it was judged: its body is gone, but for what its evidence quotes. */
export interface JudgedAnswer extends Outcome {
  readonly outline: ResponseOutline;
  /** Undefined when nothing was missed. */
  readonly evidence: Evidence | undefined;
}

/**
 * Judges one answer of an HTTP check. `written` is the check as configured, `check` the same with its
 * references resolved.
 */
export function judgeHttpAnswer(
  check: HttpCheckConfig,
  sample: ProbeSample,
  context: AnswerContext,
  written: HttpCheckConfig = check,
): JudgedAnswer {
  const { index, delayMs, response } = sample;
  const number = index + 1;
  const misses = missedExpectations(check.expect, sample, context);
  const request = `${requestSubject(written)}, number ${number} of ${check.requests}`;
  return {
    number,
    misses,
    latencyMs: latencyOf(response, delayMs),
    outline: outlineOf(response),
    evidence:
      misses.length === 0 ? undefined : responseEvidence(request, response, misses, context),
  };
}

/** Judges one HTTP check over its answers. */
export function judgeHttpCheck(
  check: HttpCheckConfig,
  outcomes: readonly JudgedAnswer[],
): CheckResult {
  const outlines = outcomes.map(({ outline }) => outline);
  return judgeOutcomes(
    {
      name: check.name ?? check.path,
      type: 'http',
      subject: requestSubject(check),
      unit: 'responses',
      planned: check.requests,
      outcomes,
    },
    check.expect,
    [
      ...statusEvidence(outlines),
      ...outcomes.flatMap(({ evidence }) => evidence ?? []).slice(0, maxResponses),
      ...timingEvidence(outlines),
    ],
  );
}
