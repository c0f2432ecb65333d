import { parseJsonPath } from '../checks/json-path.ts';
import { memberAt, membersOf } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { defaultRequests } from './schema.ts';

/** Mistakes inside one check that the schema cannot see; paths start at the check. */
export function checkIssues(check: unknown): ConfigIssue[] {
  if (memberAt(check, 'type') !== 'http') return [];
  const expectation = memberAt(check, 'expect');
  return [
    ...membersOf(memberAt(expectation, 'headers')).flatMap(([name, value]) =>
      expectationIssues(['expect', 'headers', name], value),
    ),
    ...membersOf(memberAt(expectation, 'json')).flatMap(([path, value]) => [
      ...jsonPathIssues(path),
      ...expectationIssues(['expect', 'json', path], value),
    ]),
    ...expectationIssues(['expect', 'body'], memberAt(expectation, 'body')),
    ...bodilessIssues(check),
    ...quantileIssues(check),
  ];
}

function jsonPathIssues(path: string): ConfigIssue[] {
  const parsed = parseJsonPath(path);
  // A path that does not start with $ is the schema's to refuse.
  if (parsed.ok || !path.startsWith('$')) return [];
  return [{ path: ['expect', 'json', path], message: `JSON path ${parsed.message}` }];
}

function expectationIssues(path: readonly string[], value: unknown): ConfigIssue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  if (Object.keys(value).length === 0) {
    return [{ path, message: 'expects nothing, give it at least one member such as equals' }];
  }
  return [...regularExpressionIssues(path, value), ...rangeIssues(path, value)];
}

function regularExpressionIssues(path: readonly string[], value: unknown): ConfigIssue[] {
  const matches = memberAt(value, 'matches');
  if (typeof matches !== 'string') return [];
  try {
    // The flag is the one that checks use.
    new RegExp(matches, 'u');
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ path: [...path, 'matches'], message: `is not a regular expression: ${message}` }];
  }
}

function rangeIssues(path: readonly string[], value: unknown): ConfigIssue[] {
  const atLeast = memberAt(value, 'atLeast');
  const atMost = memberAt(value, 'atMost');
  if (typeof atLeast !== 'number' || typeof atMost !== 'number' || atLeast <= atMost) return [];
  const message = `is ${atLeast}, more than atMost ${atMost}: no number can be both`;
  return [{ path: [...path, 'atLeast'], message }];
}

/** The answer to HEAD has no body (RFC 9110 section 9.3.2), so such a check could never pass. */
function bodilessIssues(check: unknown): ConfigIssue[] {
  if (memberAt(check, 'method') !== 'HEAD') return [];
  return ['json', 'body'].flatMap((member) => {
    const path = ['expect', member];
    const expectation = path.reduce<unknown>(memberAt, check);
    if (expectation === undefined) return [];
    return [{ path, message: 'expects a body, which the answer to HEAD has not: use GET' }];
  });
}

/** Fewer than 1 / (1 - q) requests have no value above the quantile q: it would only be the maximum. */
function quantileIssues(check: unknown): ConfigIssue[] {
  const path = ['expect', 'latency', 'quantile'];
  const quantile = path.reduce<unknown>(memberAt, check);
  const requests = memberAt(check, 'requests') ?? defaultRequests;
  if (typeof quantile !== 'number' || typeof requests !== 'number') return [];
  if (quantile <= 0 || quantile >= 1) return [];
  // 1 / (1 - 0.9) is 10.000000000000002.
  const needed = Math.ceil(1 / (1 - quantile) - 1e-9);
  if (requests >= needed) return [];
  return [
    {
      path,
      message: `${quantile} needs at least ${needed} requests to tell it from the maximum, this check makes ${requests}`,
    },
  ];
}
