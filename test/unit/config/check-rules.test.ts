import { describe, expect, it } from 'vitest';
import { problemsOf, withHttpCheck } from './config-text.ts';

describe('parseConfig of an http check', () => {
  const check = 'services[0].checks.afterAllowTestTraffic[0]';
  it.each([
    ['timeoutMs: 1', `${check}.timeoutMs: is 1, expected at least 50`],
    ['requests: 1.5', `${check}.requests: is 1.5, expected a whole number`],
    ['method: FETCH', `${check}.method: is "FETCH", expected "GET" or "HEAD" or "POST"`],
    ['expect: { status: 2XX }', `${check}.expect.status: is "2XX", expected a class such as 2xx`],
    ['expect: { status: 700 }', `${check}.expect.status: is 700, expected at most 599`],
    [
      'expect: { headers: { etag: 3 } }',
      `${check}.expect.headers.etag: is 3, expected text or a map`,
    ],
    [
      'expect: { json: { status: UP } }',
      `${check}.expect.json.status: is not a valid key, expected text that starts with "$"`,
    ],
    [
      'expect: { json: { "$.a[*]": 1 } }',
      `${check}.expect.json["$.a[*]"]: JSON path "$.a[*]" cannot be read at "[*]" (character 4)`,
    ],
    [
      'expect: { json: { $.a: { matches: "[" } } }',
      `${check}.expect.json["$.a"].matches: is not a regular expression`,
    ],
    [
      'expect: { headers: { etag: { matches: "a{2,1}" } } }',
      `${check}.expect.headers.etag.matches: is not a regular expression`,
    ],
    [
      'expect: { json: { $.n: { atLeast: 2, atMost: 1 } } }',
      `${check}.expect.json["$.n"].atLeast: is 2, more than atMost 1: no number can be both`,
    ],
    [
      'method: HEAD, expect: { body: ok }',
      `${check}.expect.body: expects a body, which the answer to HEAD has not: use GET`,
    ],
    [
      'expect: { body: {} }',
      `${check}.expect.body: expects nothing, give it at least one member such as equals`,
    ],
    [
      'expect: { errorShare: { max: 5 } }',
      `${check}.expect.errorShare.max: is 5, expected at most 1`,
    ],
    [
      'expect: { latency: { quantile: 0, maxMs: 9 } }',
      `${check}.expect.latency.quantile: is 0, expected more than 0`,
    ],
    [
      'expect: { latency: { quantile: 0.96, maxMs: 9 } }',
      `${check}.expect.latency.quantile: 0.96 needs at least 25 requests to tell it from the maximum, this check makes 20`,
    ],
    [
      'requests: 99, expect: { latency: { quantile: 0.99, maxMs: 9 } }',
      `${check}.expect.latency.quantile: 0.99 needs at least 100 requests to tell it from the maximum, this check makes 99`,
    ],
  ])('says what is wrong with { %s }', (members, problem) => {
    expect(problemsOf(withHttpCheck(members))).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    'requests: 20, expect: { latency: { quantile: 0.95, maxMs: 9 } }',
    'requests: 10, expect: { latency: { quantile: 0.9, maxMs: 9 } }',
    'requests: 1, expect: { latency: { quantile: 1, maxMs: 9 } }',
    'expect: { status: [200, 204], json: { $: { exists: true }, "$.a[0][\'b c\']": null } }',
    'expect: { headers: { etag: { matches: "^\\\\p{L}+$" } }, status: 2xx }',
  ])('takes { %s }', (members) => {
    expect(problemsOf(withHttpCheck(members))).toEqual([]);
  });
});
