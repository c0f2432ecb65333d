import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { elbv2Wire } from '../../../simulator/elbv2/wire.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let server: ServedWire;
let client: ElasticLoadBalancingV2Client;
let blue: TargetGroup;
let green: TargetGroup;
let listener: Listener;

beforeEach(async () => {
  fixture = new BalancerFixture();
  server = await serveWire(fixture.world, [elbv2Wire(fixture.model, fixture.world)]);
  client = new ElasticLoadBalancingV2Client(server.client);
  blue = fixture.group('blue');
  green = fixture.group('green');
  listener = await fixture.listener(blue);
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  await fixture.stop();
});

const pathRule = (priority: number, path: string, targetGroupArn: string) =>
  new CreateRuleCommand({
    ListenerArn: listener.arn,
    Priority: priority,
    Conditions: [{ Field: 'path-pattern', Values: [path] }],
    Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  });

describe('the Elastic Load Balancing API', () => {
  it('answers both forms of a single-group forward and only ForwardConfig for several', async () => {
    const single = await client.send(
      new DescribeListenersCommand({ ListenerArns: [listener.arn] }),
    );
    expect(single.Listeners?.[0]).toMatchObject({
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [
        {
          TargetGroupArn: blue.arn,
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: blue.arn, Weight: 1 }] },
        },
      ],
    });
    const weights = [
      { TargetGroupArn: blue.arn, Weight: 90 },
      { TargetGroupArn: green.arn, Weight: 10 },
    ];
    const several = await client.send(
      new ModifyListenerCommand({
        ListenerArn: listener.arn,
        DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: weights } }],
      }),
    );
    const action = several.Listeners?.[0]?.DefaultActions?.[0];
    expect(action?.TargetGroupArn).toBeUndefined();
    expect(action?.ForwardConfig?.TargetGroups).toEqual(weights);
    expect(fixture.world.journal.of('listener.weights').at(-1)).toMatchObject({
      port: 80,
      weights: [
        { targetGroupName: 'blue', weight: 90 },
        { targetGroupName: 'green', weight: 10 },
      ],
    });
  });

  it('lists rules by priority with the default rule last, in pages', async () => {
    await client.send(pathRule(20, '/b*', green.arn));
    await client.send(pathRule(5, '/a*', green.arn));
    const first = await client.send(
      new DescribeRulesCommand({ ListenerArn: listener.arn, PageSize: 2 }),
    );
    expect(first.Rules?.map(({ Priority }) => Priority)).toEqual(['5', '20']);
    expect(first.Rules?.[0]?.Conditions).toMatchObject([
      { Field: 'path-pattern', Values: ['/a*'], PathPatternConfig: { Values: ['/a*'] } },
    ]);
    const second = await client.send(
      new DescribeRulesCommand({ ListenerArn: listener.arn, Marker: first.NextMarker }),
    );
    expect(second.Rules).toMatchObject([{ Priority: 'default', IsDefault: true }]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('routes by rules, which can be changed, reordered and deleted', async () => {
    await fixture.target(blue, '10.0.0.1');
    await fixture.target(green, '10.0.0.2');
    const created = await client.send(pathRule(10, '/admin/*', green.arn));
    const RuleArn = created.Rules?.[0]?.RuleArn ?? '';
    expect((await fixture.get(listener, '/admin/x')).body).toBe('10.0.0.2');
    expect((await fixture.get(listener, '/shop')).body).toBe('10.0.0.1');
    await client.send(
      new ModifyRuleCommand({
        RuleArn,
        Actions: [
          { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404', MessageBody: 'no' } },
        ],
      }),
    );
    expect(await fixture.get(listener, '/admin/x')).toMatchObject({ status: 404, body: 'no' });
    const moved = await client.send(
      new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn, Priority: 7 }] }),
    );
    expect(moved.Rules?.[0]?.Priority).toBe('7');
    await client.send(new DeleteRuleCommand({ RuleArn }));
    expect((await fixture.get(listener, '/admin/x')).body).toBe('10.0.0.1');
    expect(fixture.model.targetHealth(green.arn)[0]?.state).toBe('unused');
  });

  it('describes target health, unknown targets included', async () => {
    await fixture.target(blue, '10.0.0.1');
    await fixture.reached(blue, '10.0.0.1', 'healthy');
    const health = await client.send(
      new DescribeTargetHealthCommand({
        TargetGroupArn: blue.arn,
        Targets: [{ Id: '10.0.0.1', Port: 8080 }, { Id: '10.0.0.9' }],
      }),
    );
    expect(health.TargetHealthDescriptions).toMatchObject([
      {
        Target: { Id: '10.0.0.1', Port: 8080 },
        HealthCheckPort: '8080',
        TargetHealth: { State: 'healthy' },
      },
      {
        Target: { Id: '10.0.0.9', Port: 8080 },
        TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' },
      },
    ]);
    const included = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: blue.arn, Include: ['AnomalyDetection'] }),
    );
    expect(included.TargetHealthDescriptions?.map((each) => each.AnomalyDetection)).toEqual([
      { Result: 'normal', MitigationInEffect: 'no' },
    ]);
  });

  it('reads and changes target groups and attributes', async () => {
    const modified = await client.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn: blue.arn,
        HealthCheckPath: '/ready',
        Matcher: { HttpCode: '200-204' },
      }),
    );
    expect(modified.TargetGroups?.[0]).toMatchObject({
      HealthCheckPath: '/ready',
      Matcher: { HttpCode: '200-204' },
      HealthCheckIntervalSeconds: 10,
      LoadBalancerArns: [listener.loadBalancer.arn],
      TargetType: 'ip',
    });
    await client.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: blue.arn,
        Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '15' }],
      }),
    );
    const { Attributes } = await client.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: blue.arn }),
    );
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '15' });
  });

  it('describes the load balancer, its attributes and tags', async () => {
    const { LoadBalancers } = await client.send(
      new DescribeLoadBalancersCommand({ Names: ['shop'] }),
    );
    expect(LoadBalancers?.[0]).toMatchObject({
      LoadBalancerArn: expect.stringMatching(
        /^arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer\/app\/shop\/[0-9a-f]{16}$/,
      ),
      State: { Code: 'active' },
      Type: 'application',
      CreatedTime: expect.any(Date),
    });
    const LoadBalancerArn = listener.loadBalancer.arn;
    const { Attributes } = await client.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
    );
    expect(Attributes).toContainEqual({ Key: 'idle_timeout.timeout_seconds', Value: '60' });
    const { TagDescriptions } = await client.send(
      new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }),
    );
    expect(TagDescriptions).toEqual([{ ResourceArn: LoadBalancerArn, Tags: [] }]);
  });

  it.each([
    ['TargetGroupNotFoundException', () => new DescribeTargetGroupsCommand({ Names: ['none'] })],
    ['LoadBalancerNotFoundException', () => new DescribeLoadBalancersCommand({ Names: ['none'] })],
    [
      'ListenerNotFoundException',
      () => new DescribeListenersCommand({ ListenerArns: [`${listener.arn}x`] }),
    ],
    ['RuleNotFoundException', () => new DeleteRuleCommand({ RuleArn: `${listener.arn}x` })],
    [
      'OperationNotPermittedException',
      () => new DeleteRuleCommand({ RuleArn: listener.defaultRuleArn }),
    ],
    [
      'TooManyTargetGroupsException',
      () =>
        new ModifyListenerCommand({
          ListenerArn: listener.arn,
          DefaultActions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: Array.from({ length: 6 }, () => ({ TargetGroupArn: blue.arn })),
              },
            },
          ],
        }),
    ],
    [
      'ValidationError',
      () => new ModifyListenerCommand({ ListenerArn: listener.arn, Protocol: 'HTTPS' }),
    ],
    [
      'InvalidConfigurationRequestException',
      () =>
        new ModifyTargetGroupAttributesCommand({
          TargetGroupArn: blue.arn,
          Attributes: [{ Key: 'nope', Value: '1' }],
        }),
    ],
    [
      'ValidationError',
      () =>
        new ModifyTargetGroupCommand({ TargetGroupArn: blue.arn, HealthCheckIntervalSeconds: 4 }),
    ],
  ])('refuses with %s (case %#)', async (name, command) => {
    await expect(client.send(command() as DescribeRulesCommand)).rejects.toMatchObject({ name });
  });

  it('refuses a target group that belongs to another load balancer', async () => {
    const other = fixture.group('other');
    await fixture.listener(other, 80, 'second');
    await expect(client.send(pathRule(3, '/x', other.arn))).rejects.toMatchObject({
      name: 'TargetGroupAssociationLimitException',
    });
  });
});
