import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { readConditions } from '../../../simulator/elbv2/conditions.ts';
import { chooseAction } from '../../../simulator/elbv2/rule-matching.ts';
import type { Listener } from '../../../simulator/elbv2/state.ts';

const request = {
  method: 'GET',
  url: '/products/42?sort=Price&q=a.b',
  headers: { host: 'Shop.example.com:8080', 'x-release': 'canary-7' },
  sourceIp: '127.0.0.1',
};

function matches(...conditions: RuleCondition[]): boolean {
  const listener = {
    defaultAction: { type: 'fixed-response', response: { StatusCode: '404' } },
    rules: [
      {
        priority: 1,
        conditions: readConditions(conditions),
        action: { type: 'fixed-response', response: { StatusCode: '200' } },
      },
    ],
  } as unknown as Listener;
  const action = chooseAction(listener, request);
  return action.type === 'fixed-response' && action.response.StatusCode === '200';
}

const header = (value: string): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName: 'X-Release', Values: [value] },
});
const query = (Value: string, Key?: string): RuleCondition => ({
  Field: 'query-string',
  QueryStringConfig: { Values: [{ Value, Key }] },
});
const source = (block: string): RuleCondition => ({
  Field: 'source-ip',
  SourceIpConfig: { Values: [block] },
});

describe('rule conditions', () => {
  it.each<[boolean, RuleCondition]>([
    [true, { Field: 'path-pattern', Values: ['/products/*'] }],
    [true, { PathPatternConfig: { Values: ['/none', '/products/4?'] } }],
    [false, { Field: 'path-pattern', Values: ['/Products/*'] }],
    [false, { Field: 'path-pattern', Values: ['/products'] }],
    [false, { Field: 'path-pattern', Values: ['/products.42'] }],
    [true, { Field: 'host-header', Values: ['shop.EXAMPLE.com'] }],
    [true, { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } }],
    [false, { Field: 'host-header', Values: ['example.com'] }],
    [true, header('CANARY-*')],
    [false, header('stable')],
    [true, { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'HEAD'] } }],
    [false, { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['HEAD'] } }],
    [true, query('price', 'SORT')],
    [true, query('a.b')],
    [false, query('axb')],
    [false, query('price', 'q')],
    [true, source('127.0.0.0/8')],
    [false, source('10.0.0.0/8')],
  ])('%s for %j', (expected, condition) => {
    expect(matches(condition)).toBe(expected);
  });

  it('must all hold', () => {
    expect(matches({ Field: 'path-pattern', Values: ['/products/*'] }, header('canary-7'))).toBe(
      true,
    );
    expect(matches({ Field: 'path-pattern', Values: ['/products/*'] }, header('stable'))).toBe(
      false,
    );
  });

  it.each<[string, RuleCondition[]]>([
    ['at least one condition', []],
    ["'cookie' is not a known field", [{ Field: 'cookie', Values: ['a'] }]],
    ['needs values', [{ Field: 'path-pattern' }]],
    ["'10.0.0.1' is not a CIDR block", [source('10.0.0.1')]],
    ['RegexValues', [{ Field: 'path-pattern', RegexValues: ['a'] }]],
  ])('are refused: %s', (message, conditions) => {
    expect(() => readConditions(conditions)).toThrow(message);
  });
});
