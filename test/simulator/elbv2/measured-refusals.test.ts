import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { readActions } from '../../../simulator/elbv2/actions.ts';
import { readConditions } from '../../../simulator/elbv2/conditions.ts';

// Sentences that badmintoncryer/cdk-preflight measured with AWS (rules pf-elbv2-*, September 2026).

const group = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;
const forward = (
  targetGroups: { TargetGroupArn: string; Weight?: number }[],
  more: object = {},
): Action => ({ Type: 'forward', ForwardConfig: { TargetGroups: targetGroups, ...more } });
const pair = [
  { TargetGroupArn: group('blue'), Weight: 1 },
  { TargetGroupArn: group('green'), Weight: 1 },
];

describe('an action', () => {
  const cases: [string, Action[], string][] = [
    [
      'that redirects to where the request came from',
      [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } }],
      'The redirect configuration is not valid because it creates a loop.',
    ],
    [
      'that spells out where the request came from',
      [
        {
          Type: 'redirect',
          RedirectConfig: { StatusCode: 'HTTP_302', Host: '#{host}', Query: 'a=b' },
        },
      ],
      'The redirect configuration is not valid because it creates a loop.',
    ],
    [
      'beside another',
      [
        { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Port: '443' } },
        { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } },
      ],
      "Action types 'redirect,fixed-response' cannot be specified together",
    ],
    [
      'that responds with an image',
      [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '200', ContentType: 'image/png' },
        },
      ],
      "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain'.",
    ],
    [
      'that sticks to groups for no time',
      [forward(pair, { TargetGroupStickinessConfig: { Enabled: true } })],
      'You must provide a duration when enabling target group stickiness',
    ],
    [
      'with one of two weights',
      [forward([{ TargetGroupArn: group('blue') }, { TargetGroupArn: group('green'), Weight: 1 }])],
      'The weight for each target group must be between 0 and 999, inclusive',
    ],
    [
      'with a weight of a thousand',
      [forward([{ TargetGroupArn: group('blue'), Weight: 1000 }])],
      'The weight for each target group must be between 0 and 999, inclusive',
    ],
    [
      'to six groups',
      [
        forward(
          Array.from({ length: 6 }, (_, index) => ({
            TargetGroupArn: group(`g${index}`),
            Weight: 1,
          })),
        ),
      ],
      'You cannot specify more than 5 target groups per action',
    ],
    [
      'whose two forms differ',
      [{ ...forward(pair), TargetGroupArn: group('blue') }],
      'You can specify both a target group list and a top-level target group ARN only if the ARNs match',
    ],
  ];
  it.each(cases)('%s is refused', (_, actions, message) => {
    expect(() => readActions(actions)).toThrow(expect.objectContaining({ message }));
  });

  it('that redirects to another port, path, host or protocol is taken', () => {
    for (const change of [
      { Port: '443' },
      { Path: '/new' },
      { Host: 'x.y' },
      { Protocol: 'HTTPS' },
    ])
      expect(
        readActions([{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...change } }]),
      ).toMatchObject({ type: 'redirect', redirect: change });
  });
});

describe('conditions', () => {
  const path = (...values: string[]): RuleCondition => ({ Field: 'path-pattern', Values: values });
  const cases: [string, RuleCondition[], string][] = [
    ['on two paths', [path('/a'), path('/b')], "A rule can only have one 'path-pattern' condition"],
    [
      'on two hosts',
      [
        { Field: 'host-header', Values: ['a.example.com'] },
        { HostHeaderConfig: { Values: ['b.example.com'] } },
      ],
      "A rule can only have one 'host-header' condition",
    ],
    [
      'of six values',
      [path('/1', '/2', '/3'), { Field: 'host-header', Values: ['a.b', 'c.d', 'e.f'] }],
      "A rule can only have '5' condition values and regex values",
    ],
    [
      'on a host that is none',
      [{ Field: 'host-header', Values: ['a b.example.com'] }],
      "Condition value 'a b.example.com' contains a character that is not valid",
    ],
    [
      'on a small method',
      [{ HttpRequestMethodConfig: { Values: ['get'] } }],
      "Condition value 'get' contains a character that is not valid",
    ],
  ];
  it.each(cases)('%s are refused', (_, conditions, message) => {
    expect(() => readConditions(conditions)).toThrow(expect.objectContaining({ message }));
  });

  it('on two headers are taken', () => {
    const header = (name: string): RuleCondition => ({
      HttpHeaderConfig: { HttpHeaderName: name, Values: ['x'] },
    });
    expect(readConditions([header('a'), header('b')])).toHaveLength(2);
  });
});
