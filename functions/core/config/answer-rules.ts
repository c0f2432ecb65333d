import { parseJsonPath } from '../checks/json-path.ts';
import { jsonSchemaIssues } from './json-schema-rules.ts';
import type { ProblemPath } from './locate.ts';
import { itemsOf, memberAt, membersOf } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { expectationIssues } from './text-expectation-rules.ts';

/** Mistakes in what one HTTP answer is held against; `request` is the check or step that sends for it. */
export function answerIssues(request: unknown): ConfigIssue[] {
  const expect = memberAt(request, 'expect');
  return [
    ...membersOf(memberAt(expect, 'headers')).flatMap(([name, value]) =>
      expectationIssues(['expect', 'headers', name], value),
    ),
    ...membersOf(memberAt(expect, 'cookies')).flatMap(([name, value]) => [
      ...expectationIssues(['expect', 'cookies', name], value),
      ...expectationIssues(['expect', 'cookies', name, 'value'], memberAt(value, 'value')),
    ]),
    ...jsonIssues(['expect', 'json'], memberAt(expect, 'json')),
    ...jsonSchemaIssues(['expect', 'jsonSchema'], memberAt(expect, 'jsonSchema')),
    ...expectationIssues(['expect', 'body'], memberAt(expect, 'body')),
    ...expectationIssues(['expect', 'redirect'], memberAt(expect, 'redirect')),
    ...bodilessIssues(request),
    ...redirectIssues(request),
  ];
}

/** Mistakes in expectations by JSON path. */
export function jsonIssues(path: ProblemPath, json: unknown): ConfigIssue[] {
  return membersOf(json).flatMap(([jsonPath, value]) => [
    ...jsonPathIssues([...path, jsonPath], jsonPath),
    ...expectationIssues([...path, jsonPath], value),
  ]);
}

/** Mistakes in one JSON path. */
export function jsonPathIssues(path: ProblemPath, jsonPath: unknown): ConfigIssue[] {
  // A path that does not start with $ is the schema's to refuse.
  if (typeof jsonPath !== 'string' || !jsonPath.startsWith('$')) return [];
  const parsed = parseJsonPath(jsonPath);
  return parsed.ok ? [] : [{ path, message: `JSON path ${parsed.message}` }];
}

const bodyMembers = ['json', 'jsonSchema', 'body'];

/** Such a check could never pass (RFC 9110 sections 9.3.2, 15.3.5 and 15.4.5). */
function bodilessIssues(request: unknown): ConfigIssue[] {
  const expect = memberAt(request, 'expect');
  const statuses = [memberAt(expect, 'status')].flat();
  const status = statuses.every((one) => one === 204 || one === 304) ? statuses[0] : undefined;
  const why =
    memberAt(request, 'method') === 'HEAD'
      ? 'the answer to HEAD has not: use GET'
      : status === undefined
        ? undefined
        : `an answer with status ${status} has not`;
  if (why === undefined) return [];
  return bodyMembers.flatMap((member) =>
    memberAt(expect, member) === undefined
      ? []
      : [{ path: ['expect', member], message: `expects a body, which ${why}` }],
  );
}

const redirectStatuses = [301, 302, 303, 307, 308];

/** Following ends at an answer that is no redirect; not following ends at one. */
function redirectIssues(request: unknown): ConfigIssue[] {
  const expect = memberAt(request, 'expect');
  const status = memberAt(expect, 'status') ?? 200;
  const wanted = Array.isArray(status) ? itemsOf(status) : [status];
  const isRedirect = (one: unknown) =>
    one === '3xx' || redirectStatuses.some((code) => code === one);
  const follow = memberAt(memberAt(request, 'redirects'), 'follow') ?? 0;
  if (follow === 0 && memberAt(expect, 'redirect') !== undefined && !wanted.some(isRedirect)) {
    const message = `expects a redirect, which status ${wanted.join(' or ')} is not: expect a status such as 302, or follow it`;
    return [{ path: ['expect', 'redirect'], message }];
  }
  if (typeof follow === 'number' && follow > 0 && wanted.every(isRedirect)) {
    const message = `is ${wanted.join(' or ')}, which is followed and never the last answer: expect the status behind it`;
    return [{ path: ['expect', 'status'], message }];
  }
  return [];
}
