import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeAccountLimitsCommand,
  DescribeLoadBalancersCommand,
  DescribeSSLPoliciesCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AcmService, CloudWatchService } from '../../../simulator/core/services.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { createVpc, withDefaultVpc } from '../../../simulator/ec2/vpcs.ts';
import { Elbv2Model } from '../../../simulator/elbv2/model.ts';
import { elbv2Wire } from '../../../simulator/elbv2/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let elb: ElasticLoadBalancingV2Client;
let ec2: Ec2Model;
let model: Elbv2Model;
let subnets: string[];
beforeEach(async () => {
  aws = await simulatedAws((world) => {
    ec2 = withDefaultVpc(new Ec2Model(world), world.identity.region);
    world.provide('ec2', ec2);
    world.provide('acm', { certificate: () => undefined } satisfies AcmService);
    world.provide('cloudwatch', {
      putMetric() {},
      holdMetric() {},
    } as unknown as CloudWatchService);
    model = new Elbv2Model(world);
    return [elbv2Wire(model, world)];
  });
  elb = new ElasticLoadBalancingV2Client(aws.client);
  subnets = ec2.all('subnet').map(({ id }) => id);
});
afterEach(async () => {
  await model.stop();
  await aws.stop();
});

const create = async (more: object = {}) => {
  const Subnets = subnets.slice(0, 2);
  const asked = new CreateLoadBalancerCommand({ Name: 'shop', Subnets, ...more });
  const { LoadBalancers: [made] = [] } = await elb.send(asked);
  return { ...made, LoadBalancerArn: made?.LoadBalancerArn ?? '' };
};

describe('a load balancer made by a client', () => {
  it('is in the zones of its subnets, with the default group of their VPC', async () => {
    const vpc = ec2.defaultVpc()?.id ?? '';
    expect(await create()).toMatchObject({
      VpcId: vpc,
      SecurityGroups: [ec2.defaultSecurityGroup(vpc)],
      AvailabilityZones: [
        { SubnetId: subnets[0], ZoneName: 'eu-west-1a' },
        { SubnetId: subnets[1], ZoneName: 'eu-west-1b' },
      ],
      IpAddressType: 'ipv4',
    });
  });

  // API reference, CreateLoadBalancer: "This operation is idempotent".
  it('is the same one when it is asked for again, and a duplicate with other settings', async () => {
    const { LoadBalancerArn } = await create();
    expect((await create()).LoadBalancerArn).toBe(LoadBalancerArn);
    await expect(create({ Scheme: 'internal' })).rejects.toMatchObject({
      name: 'DuplicateLoadBalancerNameException',
    });
  });

  it('moves to other subnets and groups', async () => {
    const { LoadBalancerArn } = await create();
    const group = ec2.create('security group', {
      GroupName: 'lb',
      VpcId: ec2.defaultVpc()?.id,
    }).id;
    const moved = await elb.send(
      new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets.slice(1) }),
    );
    expect(moved.AvailabilityZones?.map(({ ZoneName }) => ZoneName)).toEqual([
      'eu-west-1b',
      'eu-west-1c',
    ]);
    await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [group] }));
    const { LoadBalancers } = await elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
    );
    expect(LoadBalancers?.[0]?.SecurityGroups).toEqual([group]);
    await expect(
      elb.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: 'dualstack' })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it.each([
    ['no subnets', () => ({ Subnets: [] }), 'ValidationError'],
    ['one subnet', () => ({ Subnets: [subnets[0]] }), 'ValidationError'],
    [
      'a subnet twice',
      () => ({ Subnets: [subnets[0], subnets[0]] }),
      'InvalidConfigurationRequestException',
    ],
    ['an unknown subnet', () => ({ Subnets: ['subnet-0', subnets[0]] }), 'SubnetNotFoundException'],
    [
      'a group of another VPC',
      () => ({ SecurityGroups: [otherGroup()] }),
      'InvalidSecurityGroupException',
    ],
    ['type network', () => ({ Type: 'network' }), 'NotImplemented'],
    ['a tag twice', () => ({ Tags: [{ Key: 'a' }, { Key: 'a' }] }), 'DuplicateTagKeysException'],
    [
      'an address of its own',
      () => ({
        Subnets: [],
        SubnetMappings: [{ SubnetId: subnets[0], AllocationId: 'eipalloc-1' }],
      }),
      'NotImplemented',
    ],
  ])('is refused with %s', async (_what, more, name) => {
    await expect(create(more())).rejects.toMatchObject({ name });
  });

  const otherGroup = () => createVpc(ec2, { CidrBlock: '10.0.0.0/16' }).defaultSecurityGroup.id;
});

describe('quotas', () => {
  it('tells them, and refuses the rule past the hundredth', async () => {
    const { Limits } = await elb.send(new DescribeAccountLimitsCommand({}));
    expect(Limits).toContainEqual({ Name: 'rules-per-application-load-balancer', Max: '100' });
    const { LoadBalancerArn } = await create();
    const answer = [
      { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '200' } },
    ];
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: answer,
      }),
    );
    const ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
    const rule = (Priority: number, Values = ['/x']) =>
      elb.send(
        new CreateRuleCommand({
          ListenerArn,
          Priority,
          Conditions: [{ Field: 'path-pattern', Values }],
          Actions: answer,
        }),
      );
    await expect(rule(1, ['/1', '/2', '/3', '/4', '/5', '/6'])).rejects.toThrow(
      "A rule can only have '5' condition values and regex values",
    );
    await expect(rule(1, ['/*/*/*/*', '/?/?/?'])).rejects.toThrow(
      "A rule can only have '6' condition wildcards",
    );
    for (let priority = 1; priority <= 100; priority++) {
      model.rules.create({
        listenerArn: ListenerArn,
        priority,
        conditions: [{ Field: 'path-pattern', Values: ['/x'] }],
        actions: answer,
      });
    }
    await expect(rule(101)).rejects.toMatchObject({ name: 'TooManyRulesException' });
  });

  it('lists security policies with their TLS versions', async () => {
    const Names = ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-2016-08'];
    const { SslPolicies } = await elb.send(new DescribeSSLPoliciesCommand({ Names }));
    expect(SslPolicies?.map(({ SslProtocols }) => SslProtocols)).toEqual([
      ['TLSv1.2', 'TLSv1.3'],
      ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
    ]);
  });
});

describe('attributes and names', () => {
  const group = async () => {
    const asked = { Name: 'shop', Protocol: 'HTTP', Port: 80, TargetType: 'ip' } as const;
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand(asked));
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  };

  it('makes a target group once', async () => {
    expect(await group()).toBe(await group());
  });

  it.each([
    ['slow_start.duration_seconds', '29', /must be a number from 30 to 900, not '29'/],
    ['deregistration_delay.timeout_seconds', '3601', /from 0 to 3600/],
    ['stickiness.type', 'source_ip', /must be one of 'lb_cookie, app_cookie'/],
    ['load_balancing.algorithm.type', 'best', /must be one of 'round_robin/],
    ['stickiness.app_cookie.cookie_name', 'AWSALBTG', /is reserved/],
  ])('refuses %s of %s', async (Key, Value, message) => {
    const TargetGroupArn = await group();
    const call = elb.send(
      new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }),
    );
    await expect(call).rejects.toMatchObject({ name: 'InvalidConfigurationRequestException' });
    await expect(call).rejects.toThrow(message);
  });

  it('refuses slow start together with another algorithm than round robin', async () => {
    const Attributes = [
      { Key: 'slow_start.duration_seconds', Value: '30' },
      { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
    ];
    await expect(
      elb.send(
        new ModifyTargetGroupAttributesCommand({ TargetGroupArn: await group(), Attributes }),
      ),
    ).rejects.toThrow(/Slow start mode is not supported/);
  });

  it('refuses names and ARNs together, and an attribute out of range', async () => {
    const { LoadBalancerArn } = await create();
    await expect(
      elb.send(
        new DescribeLoadBalancersCommand({ Names: ['shop'], LoadBalancerArns: [LoadBalancerArn] }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationError' });
    const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '4001' }];
    await expect(
      elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes })),
    ).rejects.toThrow(/from 1 to 4000/);
    const Tags = Array.from({ length: 51 }, (_each, index) => ({ Key: `k${index}`, Value: '' }));
    await expect(
      elb.send(new AddTagsCommand({ ResourceArns: [LoadBalancerArn], Tags })),
    ).rejects.toMatchObject({ name: 'TooManyTagsException' });
  });
});
