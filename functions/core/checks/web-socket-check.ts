import type { WebSocketCheckConfig } from '../config/schema.ts';
import type { WebSocketAnswer } from '../ports/web-socket-transport.ts';
import type { Mask } from '../probe/mask.ts';
import type { AnswerContext } from './answer-context.ts';
import type { CheckResult, Evidence } from './check-result.ts';
import { missedPaths } from './json-body-expectation.ts';
import { judgeOutcomes } from './judge-outcomes.ts';
import { type Miss, quoted } from './miss.ts';
import { latencyOf } from './outcome.ts';
import { parseJsonText } from './parse-json-text.ts';
import { maxResponses, responseEvidence } from './response-evidence.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

/** One exchange that was carried through, with its place in the schedule. */
export interface WebSocketSample {
  /** 0-based position in the plan. */
  readonly index: number;
  readonly delayMs: number;
  readonly answer: WebSocketAnswer;
}

const shownCharacters = 300;

/** Whether the upgrade alone is not the question. */
export function awaitsReply({ expect }: WebSocketCheckConfig): boolean {
  return expect.reply !== undefined || Object.keys(expect.json).length > 0;
}

/** Judges a WebSocket check over its exchanges; `check` has its references resolved, `written` has not. */
export function judgeWebSocketCheck(
  check: WebSocketCheckConfig,
  samples: readonly WebSocketSample[],
  context: AnswerContext,
  written: WebSocketCheckConfig = check,
): CheckResult {
  const subject = `WebSocket ${written.path}`;
  const judged = samples.map((sample) => ({
    sample,
    number: sample.index + 1,
    latencyMs: latencyOf(sample.answer, sample.delayMs),
    misses: missedByExchange(check, sample.answer, context.mask),
  }));
  const evidence = judged
    .filter(({ misses }) => misses.length > 0)
    .slice(0, maxResponses)
    .map(({ sample, number, misses }) =>
      evidenceOf(
        `${subject}, number ${number} of ${check.requests}`,
        sample.answer,
        misses,
        context,
      ),
    );
  return judgeOutcomes(
    {
      name: written.name ?? written.path,
      type: 'websocket',
      subject,
      unit: 'exchanges',
      planned: check.requests,
      outcomes: judged,
    },
    check.expect,
    evidence,
  );
}

function missedByExchange(
  check: WebSocketCheckConfig,
  answer: WebSocketAnswer,
  mask: Mask,
): Miss[] {
  const upgrade = 'an upgrade to a WebSocket';
  if (answer.kind === 'no-response') {
    const expected = awaitsReply(check) ? `${upgrade} and a message` : upgrade;
    return [{ expected, observed: `no response (${mask(answer.reason)})` }];
  }
  if (answer.kind === 'refused')
    return [{ expected: upgrade, observed: `status ${answer.status}` }];
  const { subprotocol } = check;
  if (subprotocol !== undefined && answer.subprotocol !== subprotocol) {
    const observed = answer.subprotocol === undefined ? 'none' : quoted(answer.subprotocol, mask);
    return [{ expected: `subprotocol ${subprotocol}`, observed }];
  }
  return awaitsReply(check) ? missedByReply(check.expect, answer.reply ?? '', mask) : [];
}

function missedByReply(
  { reply, json }: WebSocketCheckConfig['expect'],
  text: string,
  mask: Mask,
): Miss[] {
  const misses: Miss[] =
    reply === undefined || meetsTextExpectation(reply, text)
      ? []
      : [
          {
            expected: mask(`message ${describeTextExpectation(reply)}`),
            observed: quoted(text, mask),
          },
        ];
  if (Object.keys(json).length === 0) return misses;
  try {
    return [...misses, ...missedPaths(json, parseJsonText(text), mask)];
  } catch {
    return [...misses, { expected: 'a JSON message', observed: quoted(text, mask) }];
  }
}

function evidenceOf(
  request: string,
  answer: WebSocketAnswer,
  misses: readonly Miss[],
  context: AnswerContext,
): Evidence {
  if (answer.kind === 'refused') {
    return responseEvidence(request, { ...answer, kind: 'response' }, misses, context);
  }
  if (answer.kind === 'no-response') return responseEvidence(request, answer, misses, context);
  return {
    kind: 'message',
    request,
    text: context.mask(answer.reply ?? '').slice(0, shownCharacters),
    durationMs: answer.durationMs,
    missed: misses.map(({ expected, observed }) => `expected ${expected}, got ${observed}`),
  };
}
