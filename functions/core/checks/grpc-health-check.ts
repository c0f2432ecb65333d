import type { GrpcHealthCheckConfig } from '../config/schema.ts';
import type { GrpcHealthAnswer } from '../ports/grpc-health-transport.ts';
import type { Mask } from '../probe/mask.ts';
import type { CheckResult, Evidence } from './check-result.ts';
import { judgeOutcomes } from './judge-outcomes.ts';
import { type Miss, quoted } from './miss.ts';
import { latencyOf } from './outcome.ts';
import { maxResponses } from './response-evidence.ts';

/** One answer, with its place in the schedule. */
export interface GrpcHealthSample {
  /** 0-based position in the plan. */
  readonly index: number;
  readonly delayMs: number;
  readonly answer: GrpcHealthAnswer;
}

/** Judges a gRPC health check over its answers (grpc.health.v1). */
export function judgeGrpcHealthCheck(
  check: GrpcHealthCheckConfig,
  samples: readonly GrpcHealthSample[],
  mask: Mask,
): CheckResult {
  const subject = `gRPC health of ${check.service === '' ? 'the server' : check.service}`;
  const judged = samples.map(({ index, delayMs, answer }) => ({
    answer,
    number: index + 1,
    latencyMs: latencyOf(answer, delayMs),
    misses: missed(check, answer, mask),
  }));
  const evidence = judged
    .filter(({ misses }) => misses.length > 0)
    .slice(0, maxResponses)
    .map(({ answer, number, misses }): Evidence => {
      const request = `${subject}, number ${number} of ${check.requests}`;
      const { durationMs } = answer;
      if (answer.kind === 'no-response') {
        return { kind: 'no-response', request, reason: mask(answer.reason), durationMs };
      }
      return {
        kind: 'message',
        request,
        text: describe(answer, mask),
        durationMs,
        missed: misses.map(({ expected, observed }) => `expected ${expected}, got ${observed}`),
      };
    });
  return judgeOutcomes(
    {
      name: check.name ?? subject,
      type: 'grpc-health',
      subject,
      unit: 'responses',
      planned: check.requests,
      outcomes: judged,
    },
    check.expect,
    evidence,
  );
}

function missed(check: GrpcHealthCheckConfig, answer: GrpcHealthAnswer, mask: Mask): Miss[] {
  const { serving } = check.expect;
  if (answer.kind === 'answer' && answer.serving === serving) return [];
  // A server that knows no such service may say so by a status instead (grpc.health.v1, Check).
  const isUnknown = answer.kind === 'refused' && answer.status === notFound;
  if (isUnknown && serving === 'SERVICE_UNKNOWN') return [];
  return [{ expected: serving, observed: describe(answer, mask) }];
}

const notFound = 5;

function describe(answer: GrpcHealthAnswer, mask: Mask): string {
  if (answer.kind === 'answer') return answer.serving;
  if (answer.kind === 'no-response') return `no response (${mask(answer.reason)})`;
  const what =
    answer.status === -1
      ? 'an answer that is not gRPC'
      : `gRPC status ${answer.status} ${statusNames[answer.status] ?? ''}`.trim();
  return answer.message === '' ? what : `${what}: ${quoted(answer.message, mask)}`;
}

/** Names of the status codes 0 to 16: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const statusNames: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
