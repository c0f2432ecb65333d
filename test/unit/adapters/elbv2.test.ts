import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { elbv2LoadBalancing } from '../../../functions/adapters/elbv2.ts';
import { type ScriptedCommand, scriptClient } from '../../support/scripted-client.ts';

const listener = {
  ListenerArn: 'arn:listener',
  LoadBalancerArn: 'arn:balancer',
  Protocol: 'HTTP',
  Port: 8080,
  DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:blue' }],
};

function prepare(answers: Readonly<Record<string, object>>) {
  const client = new ElasticLoadBalancingV2Client({ region: 'eu-central-1' });
  const commands = scriptClient(client, ({ operation, input }: ScriptedCommand) => {
    const key = input.Marker === undefined ? operation : `${operation} ${input.Marker}`;
    return answers[key] ?? {};
  });
  return { commands, loadBalancing: elbv2LoadBalancing(client) };
}

const balancer = { DescribeLoadBalancers: { LoadBalancers: [{ DNSName: 'shop.elb.test' }] } };

describe('elbv2LoadBalancing.listener', () => {
  it('reads every forward action, of the default and of rules over all pages, by weight', async () => {
    const forward = (...groups: object[]) => [
      { Type: 'authenticate-oidc' },
      { Type: 'forward', ForwardConfig: { TargetGroups: groups } },
    ];
    const { loadBalancing } = prepare({
      ...balancer,
      DescribeListeners: { Listeners: [listener] },
      DescribeRules: {
        Rules: [
          { RuleArn: 'arn:default', IsDefault: true, Actions: listener.DefaultActions },
          {
            RuleArn: 'arn:rule/1',
            Actions: forward(
              { TargetGroupArn: 'arn:blue', Weight: 0 },
              { TargetGroupArn: 'arn:green', Weight: 100 },
            ),
          },
          { RuleArn: 'arn:rule/2', Actions: [{ Type: 'fixed-response' }] },
        ],
        NextMarker: 'more',
      },
      'DescribeRules more': {
        Rules: [{ RuleArn: 'arn:rule/3', Actions: forward({ TargetGroupArn: 'arn:green' }) }],
      },
    });

    await expect(loadBalancing.listener('arn:listener')).resolves.toEqual({
      listenerArn: 'arn:listener',
      protocol: 'HTTP',
      port: 8080,
      host: 'shop.elb.test',
      forwardings: [
        { arn: 'arn:listener', weights: { 'arn:blue': 1 } },
        { arn: 'arn:rule/1', weights: { 'arn:blue': 0, 'arn:green': 100 } },
        { arn: 'arn:rule/3', weights: { 'arn:green': 1 } },
      ],
    });
  });

  it('refuses a listener that cannot be probed by HTTP', async () => {
    const { loadBalancing } = prepare({
      ...balancer,
      DescribeListeners: { Listeners: [{ ...listener, Protocol: 'TCP' }] },
    });

    await expect(loadBalancing.listener('arn:listener')).rejects.toMatchObject({
      name: 'UnsupportedError',
      message: 'Listener arn:listener speaks TCP, Greengate can probe HTTP and HTTPS only',
    });
  });

  it.each([
    ['listener', {}],
    ['load balancer', { DescribeListeners: { Listeners: [listener] } }],
  ])('says which %s is not there', async (what, answers) => {
    const { loadBalancing } = prepare(answers);

    await expect(loadBalancing.listener('arn:listener')).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
      message: expect.stringContaining(`ELBv2 has no ${what}`),
    });
  });
});

describe('elbv2LoadBalancing', () => {
  it('asks for no target group when there is no name, which would list them all', async () => {
    const { commands, loadBalancing } = prepare({});

    await expect(loadBalancing.targetGroups([])).resolves.toEqual([]);
    expect(commands).toEqual([]);
  });

  it('reads target groups by name', async () => {
    const { loadBalancing } = prepare({
      DescribeTargetGroups: {
        TargetGroups: [{ TargetGroupArn: 'arn:blue', TargetGroupName: 'shop-blue' }],
      },
    });

    await expect(loadBalancing.targetGroups(['shop-blue'])).resolves.toEqual([
      { arn: 'arn:blue', name: 'shop-blue' },
    ]);
  });

  it('reads the health of targets with their reasons', async () => {
    const { loadBalancing } = prepare({
      DescribeTargetHealth: {
        TargetHealthDescriptions: [
          { Target: { Id: '10.0.0.1', Port: 8080 }, TargetHealth: { State: 'healthy' } },
          {
            Target: { Id: '10.0.0.2', Port: 8080 },
            TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' },
          },
        ],
      },
    });

    await expect(loadBalancing.targetHealth('arn:blue')).resolves.toEqual([
      { target: '10.0.0.1:8080', state: 'healthy', reason: undefined },
      { target: '10.0.0.2:8080', state: 'unhealthy', reason: 'Target.Timeout' },
    ]);
  });
});
