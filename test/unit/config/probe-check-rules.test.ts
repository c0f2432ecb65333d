import { describe, expect, it } from 'vitest';
import { problemsOf, serviceText } from './config-text.ts';

const at = 'services[0].checks.afterAllowTestTraffic[0]';
/** The problems of one check, given as YAML flow, without their places. */
function problems(check: string, lifecycleEvent = 'afterAllowTestTraffic'): string[] {
  const yaml = `${serviceText}    checks:\n      ${lifecycleEvent}:\n        - { ${check} }\n`;
  return problemsOf(yaml).map((line) => line.replace(/^\S+ /, '').replace(`${at}.`, ''));
}

const http = (members: string) => `type: http, path: /, ${members}`;
const flow = (...steps: string[]) => `type: flow, steps: [${steps.join(', ')}]`;

describe('parseConfig of checks that probe', () => {
  it.each([
    ['an unknown member', http('protocl: h2'), 'protocl: is not a known member'],
    [
      'too many redirects',
      http('redirects: { follow: 11 }'),
      'redirects.follow: is 11, expected at most 10',
    ],
    ['a rate of nothing', http('ratePerSecond: 0'), 'ratePerSecond: is 0, expected more than 0'],
    ['an unknown protocol', http('protocol: h3'), 'protocol: is "h3", expected "http/1.1" or "h2"'],
    [
      'a fragment',
      'type: http, path: "/a#b"',
      'path: has a fragment (#), which no request carries',
    ],
    [
      'white space',
      'type: http, path: /a b',
      'path: has white space, which must be percent-encoded as %20',
    ],
    ['no header name', http('headers: { "a b": c }'), 'headers["a b"]: is not a header name'],
    [
      'a header twice',
      http('headers: { Host: a, host: b }'),
      'headers.host: is the same header as Host',
    ],
    ['two lines', http('headers: { a: "b\\nc" }'), 'headers.a: has more than one line'],
    [
      'a header of the connection',
      http('headers: { Transfer-Encoding: chunked }'),
      'headers.Transfer-Encoding: is set by Greengate itself and cannot be chosen',
    ],
    [
      'a handshake of its own',
      'type: websocket, path: /, headers: { sec-websocket-key: a }',
      'headers.sec-websocket-key: is set by Greengate itself and cannot be chosen',
    ],
    [
      'no subprotocol',
      'type: websocket, path: /, subprotocol: "a, b"',
      'subprotocol: is "a, b", expected one token',
    ],
    [
      'an unknown state',
      'type: grpc-health, expect: { serving: UP }',
      'expect.serving: is "UP", expected "SERVING" or',
    ],
    ['no steps', 'type: flow, steps: []', 'steps: is an empty list, expected at least 1 item(s)'],
    [
      'an answer in another protocol',
      http('expect: { protocol: h2 }'),
      'expect.protocol: is "h2", but the check speaks http/1.1: set its protocol to h2',
    ],
    [
      'a JSON Schema for 204',
      http('expect: { status: 204, jsonSchema: {} }'),
      'expect.jsonSchema: expects a body, which an answer with status 204 has not',
    ],
    [
      'a redirect of 200',
      http('expect: { redirect: /login }'),
      'expect.redirect: expects a redirect, which status 200 is not: expect a status such as 302, or follow it',
    ],
    [
      'a status that is followed',
      http('redirects: { follow: 1 }, expect: { status: [301, 302] }'),
      'expect.status: is 301 or 302, which is followed and never the last answer: expect the status behind it',
    ],
    [
      'bounds that exclude each other',
      http('expect: { json: { $.n: { above: 3, below: 3 } } }'),
      'expect.json["$.n"].above: is 3, which is also below 3: no number can be both',
    ],
    [
      'lengths that exclude each other',
      http('expect: { json: { $.n: { minLength: 3, maxLength: 2 } } }'),
      'expect.json["$.n"].minLength: is 3, more than maxLength 2: no number can be both',
    ],
    [
      'sizes that exclude each other',
      http('expect: { body: { minBytes: 3, maxBytes: 2 } }'),
      'expect.body.minBytes: is 3, more than maxBytes 2: no number can be both',
    ],
    [
      'a bound of a text',
      http('expect: { json: { $.n: { type: string, atMost: 2 } } }'),
      'expect.json["$.n"].atMost: needs a value of type number or integer, but type string is expected',
    ],
    [
      'properties of what is not there',
      http('expect: { headers: { etag: { exists: false, equals: a } } }'),
      'expect.headers.etag.equals: is expected of what exists: false expects not to be there',
    ],
    [
      'a cookie without expectations',
      http('expect: { cookies: { id: {} } }'),
      'expect.cookies.id: expects nothing, give it at least one member such as equals',
    ],
    [
      'the second of two quantiles',
      http('expect: { latency: [{ quantile: 0.5, maxMs: 1 }, { quantile: 0.99, maxMs: 2 }] }'),
      'expect.latency[1].quantile: 0.99 needs at least 100 requests to tell it from the maximum, this check makes 20',
    ],
    [
      'a quantile of few runs',
      `${flow('{ path: / }')}, expect: { latency: { quantile: 0.9, maxMs: 1 } }`,
      'expect.latency.quantile: 0.9 needs at least 10 runs to tell it from the maximum, this check makes 5',
    ],
    [
      'a rate that does not fit',
      http('requests: 601, ratePerSecond: 10, maxTotalSeconds: 59'),
      'ratePerSecond: starts the last of its requests after 60 s, and maxTotalSeconds allows 59: send faster, or less',
    ],
  ])('refuses %s', (_, check, problem) => {
    expect(problems(check)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      http('headers: { a: "${secret.x}" }'),
      'headers.a: refers to ${secret.x}, expected ${secrets.NAME}',
    ],
    [http('body: { json: [{ a: "${HOME}" }] }'), 'body.json[0].a: refers to ${HOME}, expected'],
    [http('expect: { body: "${secrets.x" }'), 'expect.body: refers to ${secrets.x, expected'],
    [
      http('headers: { a: "${secrets.x}" }'),
      'headers.a: refers to ${secrets.x}, but secrets of this check declare none',
    ],
    [
      http(
        'secrets: { x: { parameter: /x }, y: { parameter: /y } }, headers: { a: "${secrets.x}" }',
      ),
      'secrets.y: is never used: nothing in the check says ${secrets.y}',
    ],
    [
      http('headers: { a: "${captured.x}" }'),
      'headers.a: refers to ${captured.x}, but steps before it capture none',
    ],
    [
      flow(
        '{ path: "/${captured.b}", capture: { a: { json: $.a } } }',
        '{ path: "/${captured.a}" }',
      ),
      'steps[0].path: refers to ${captured.b}, but steps before it capture none',
    ],
    [
      flow('{ path: "/${captured.a}", capture: { a: { json: $.a } } }'),
      'steps[0].path: refers to ${captured.a}, but steps before it capture none',
    ],
    [
      flow('{ path: /, capture: { a: { json: $.a } } }', '{ path: "/${captured.b}" }'),
      'steps[1].path: refers to ${captured.b}, but steps before it capture a',
    ],
    [
      'type: compare, paths: ["/${secrets.x}"]',
      'paths[0]: refers to ${secrets.x}, but secrets of this check declare none',
    ],
    [
      flow('{ path: /, capture: { a: { json: "$.a[*]" } } }'),
      'steps[0].capture.a.json: JSON path "$.a[*]" cannot be read',
    ],
    [
      flow('{ path: /, capture: { a: { body: "token" } } }'),
      'steps[0].capture.a.body: has no group, expected one around',
    ],
    [
      flow('{ path: /, capture: { a: { body: "(" } } }'),
      'steps[0].capture.a.body: is not a regular expression',
    ],
  ])('refuses { %s }', (check, problem) => {
    expect(problems(check)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    http('headers: { a: "$${HOME} ${deployment.id}" }'),
    http('secrets: { x: { parameter: /x } }, expect: { body: { matches: "^${secrets.x}{2}$" } }'),
    http('expect: { jsonSchema: { pattern: "^${x}?$" } }').replace('${x}?', '[$]'),
    flow('{ path: /, capture: { a: { json: $.a } } }', '{ path: "/${captured.a}" }'),
    'type: custom, file: own.ts, secrets: { x: { parameter: /x } }',
    http('requests: 601, ratePerSecond: 10, maxTotalSeconds: 60'),
    http('expect: { status: [200, 3xx], redirect: { matches: "^/" } }'),
  ])('takes { %s }', (check) => {
    expect(problems(check)).toEqual([]);
  });

  it('finds everything that is wrong with one flow together', () => {
    expect(
      problems(
        flow(
          '{ path: /a b, expect: { status: 2XX, body: { matches: "(a+)+" } } }',
          '{ path: "/${captured.a}", method: FETCH }',
        ),
      ).map((problem) => problem.split(':')[0]),
    ).toEqual([
      'steps[0].path',
      'steps[0].expect.status',
      'steps[0].expect.body.matches',
      'steps[1].path',
      'steps[1].method',
    ]);
  });

  it('refuses checks of one event that do not fit into the time of its hook together', () => {
    const slow = '{ type: http, path: /, requests: 150, ratePerSecond: 1 }';
    const text = (count: number) =>
      `${serviceText}    checks:\n      afterAllowTestTraffic: [${Array(count).fill(slow).join(', ')}]\n`;

    expect(problemsOf(text(1))).toEqual([]);
    expect(problemsOf(text(2))).toEqual([
      'greengate.yaml:13:7 services[0].checks.afterAllowTestTraffic: take at least 298 s at the rates they state, and the hook has 260 s for them: send faster, or less',
    ]);
  });
});
