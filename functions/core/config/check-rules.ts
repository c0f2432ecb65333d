import { answerIssues, jsonIssues, jsonPathIssues } from './answer-rules.ts';
import { defaultExchanges } from './exchange-schemas.ts';
import { defaultRuns } from './flow-schema.ts';
import type { ProblemPath } from './locate.ts';
import { itemsOf, memberAt, membersOf } from './loose-value.ts';
import { type PacedCheck, paceIssues } from './pace-rules.ts';
import type { ConfigIssue } from './parse.ts';
import { regularExpressionIssues } from './regular-expression-rules.ts';
import { headerIssues, requestIssues } from './request-rules.ts';
import { defaultRequests } from './schema.ts';
import { expectationIssues } from './text-expectation-rules.ts';
import { tlsIssues } from './tls-rules.ts';

/** Mistakes inside one check that the schema cannot see; paths start at the check. */
export function checkIssues(check: unknown): ConfigIssue[] {
  const paced = pacedCheck(check);
  const common = [
    ...requestIssues(check),
    ...tlsIssues(check),
    ...(paced === undefined ? [] : paceIssues(paced)),
  ];
  switch (memberAt(check, 'type')) {
    case 'http':
      return [...common, ...answerIssues(check), ...protocolIssues(check, [], check)];
    case 'flow':
      return [...common, ...itemsOf(memberAt(check, 'steps')).flatMap(stepIssues(check))];
    case 'websocket':
      return [...common, ...messageIssues(check)];
    case 'grpc-health':
      return common;
    default:
      return [...headerIssues(memberAt(check, 'headers'), ['headers']), ...tlsIssues(check)];
  }
}

/** How often a check sends, as far as it says; undefined for types that have no pace. */
export function pacedCheck(check: unknown): PacedCheck | undefined {
  switch (memberAt(check, 'type')) {
    case 'http':
      return { check, member: 'requests', fallback: defaultRequests };
    case 'flow':
      return { check, member: 'runs', fallback: defaultRuns };
    case 'websocket':
    case 'grpc-health':
      return { check, member: 'requests', fallback: defaultExchanges };
    default:
      return undefined;
  }
}

function stepIssues(check: unknown): (step: unknown, index: number) => ConfigIssue[] {
  return (step, index) => {
    const path = ['steps', index];
    const own = [...answerIssues(step), ...captureIssues(memberAt(step, 'capture'))];
    return [
      ...requestIssues(step, path),
      ...own.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
      ...protocolIssues(step, path, check),
    ];
  };
}

function captureIssues(captures: unknown): ConfigIssue[] {
  return membersOf(captures).flatMap(([name, capture]) => [
    ...jsonPathIssues(['capture', name, 'json'], memberAt(capture, 'json')),
    ...regularExpressionIssues(['capture', name, 'body'], memberAt(capture, 'body'), {
      needsGroup: true,
    }),
  ]);
}

/** Requests are sent in one protocol, so answers come in it. */
function protocolIssues(request: unknown, path: ProblemPath, check: unknown): ConfigIssue[] {
  const sent = memberAt(check, 'protocol') ?? 'http/1.1';
  const expected = memberAt(memberAt(request, 'expect'), 'protocol');
  if (typeof expected !== 'string' || typeof sent !== 'string' || expected === sent) return [];
  const message = `is "${expected}", but the check speaks ${sent}: set its protocol to ${expected}`;
  return [{ path: [...path, 'expect', 'protocol'], message }];
}

function messageIssues(check: unknown): ConfigIssue[] {
  const expect = memberAt(check, 'expect');
  return [
    ...expectationIssues(['expect', 'reply'], memberAt(expect, 'reply')),
    ...jsonIssues(['expect', 'json'], memberAt(expect, 'json')),
  ];
}
