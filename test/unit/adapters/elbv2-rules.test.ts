import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { elbv2Rules } from '../../../functions/adapters/elbv2-rules.ts';
import { scriptClient } from '../../support/scripted-client.ts';

function rulesOf(...pages: readonly (readonly object[])[]) {
  const client = new ElasticLoadBalancingV2Client({ region: 'eu-central-1' });
  let page = 0;
  scriptClient(client, () => {
    const Rules = pages[page++] ?? [];
    return { Rules, ...(page < pages.length && { NextMarker: String(page) }) };
  });
  return elbv2Rules(client).rules('arn:listener');
}

const forward = (...groups: readonly [string, number][]) => ({
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })),
  },
});

describe('elbv2Rules', () => {
  it('reads every page, with conditions, weights and other actions', async () => {
    const rules = await rulesOf(
      [
        {
          RuleArn: 'arn:rule/1',
          Priority: '1',
          Conditions: [{ Field: 'path-pattern', Values: ['/a', '/b'] }],
          Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
        },
      ],
      [
        {
          RuleArn: 'arn:rule/default',
          Priority: 'default',
          IsDefault: true,
          Actions: [forward(['arn:blue', 90], ['arn:green', 10])],
        },
      ],
    );

    expect(rules).toEqual([
      {
        arn: 'arn:rule/1',
        priority: '1',
        conditions: expect.stringContaining('/b'),
        actions: [
          {
            type: 'fixed-response',
            weights: {},
            settings: '{"FixedResponseConfig":{"StatusCode":"404"}}',
          },
        ],
      },
      {
        arn: 'arn:rule/default',
        priority: 'default',
        conditions: '[]',
        actions: [
          { type: 'forward', weights: { 'arn:blue': 90, 'arn:green': 10 }, settings: '{}' },
        ],
      },
    ]);
  });

  it('says the same of conditions in another order', async () => {
    const one = { Field: 'host-header', Values: ['a.example', 'b.example'] };
    const other = { Field: 'path-pattern', Values: ['/x'] };
    const reversed = { Field: 'host-header', Values: ['b.example', 'a.example'] };
    const rule = (Conditions: object[]) => [{ RuleArn: 'arn:rule/1', Priority: '1', Conditions }];

    const [first] = await rulesOf(rule([one, other]));
    const [second] = await rulesOf(rule([other, reversed]));

    expect(second?.conditions).toBe(first?.conditions);
  });

  it('tells stickiness, which is no matter of weights', async () => {
    const settings = async (TargetGroupStickinessConfig?: object) => {
      const action = forward(['arn:blue', 1]);
      Object.assign(action.ForwardConfig, { TargetGroupStickinessConfig });
      const [rule] = await rulesOf([{ RuleArn: 'arn:rule/1', Actions: [action] }]);
      return rule?.actions[0]?.settings;
    };

    const unsaid = await settings();
    await expect(settings({ Enabled: true, DurationSeconds: 60 })).resolves.not.toBe(unsaid);
    await expect(settings({ Enabled: false })).resolves.toBe(unsaid);
  });
});
