import {
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TargetGroup } from '../../../simulator/elbv2/state.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { BalancerFixture } from './balancer-fixture.ts';

describe('the first check of a target', () => {
  let fixture: BalancerFixture;
  beforeEach(() => {
    fixture = new BalancerFixture();
  });
  afterEach(() => fixture.stop());

  it('shows registration until it is sent, initial checking until it is answered', async () => {
    const group = fixture.group('blue');
    await fixture.listener(group);
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      void fixture.target(group, '10.0.0.1', (_request, response) => {
        answer = () => void response.end();
        resolve();
      });
    });
    const described = () => {
      const [health] = fixture.model.targetHealth(group.arn);
      return [health?.state, health?.reason, health?.description];
    };
    await asked;
    expect(described()).toEqual([
      'initial',
      'Elb.InitialHealthChecking',
      'Initial health checks in progress',
    ]);
    answer();
    await fixture.reached(group, '10.0.0.1', 'healthy');
    expect(described()).toEqual(['healthy', undefined, undefined]);
    const reasons = fixture.world.journal.of('target.health').map(({ reason }) => reason);
    expect(reasons).toEqual(['Elb.RegistrationInProgress', 'Elb.InitialHealthChecking', undefined]);
  });
});

describe('targets that a balancer cannot use', () => {
  let simulator: Simulator;
  let client: ElasticLoadBalancingV2Client;
  let zones: Map<string, string>;
  let vpcId: string;

  beforeEach(async () => {
    simulator = await createSimulator();
    client = new ElasticLoadBalancingV2Client({
      endpoint: simulator.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    });
    const { ec2 } = simulator.models;
    vpcId = ec2.defaultVpc()?.id ?? '';
    zones = new Map(
      ec2
        .all('subnet')
        .map(({ id, properties }) => [String(properties.AvailabilityZone), id] as const),
    );
  });
  afterEach(async () => {
    client.destroy();
    await simulator.stop();
  });

  const subnetsIn = (...names: string[]) => names.map((name) => zones.get(name) ?? '');

  async function balanced(subnets: readonly string[]): Promise<TargetGroup> {
    const { elbv2 } = simulator.models;
    const group = elbv2.targetGroups.create({
      name: 'shop',
      protocol: 'HTTP',
      port: 8080,
      targetType: 'ip',
      vpcId,
    });
    await elbv2.listeners.create({
      loadBalancer: elbv2.loadBalancers.create({ name: 'shop', subnets }),
      port: 80,
      protocol: 'HTTP',
      defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
    });
    return group;
  }

  async function health(group: TargetGroup, Id: string) {
    const { TargetHealthDescriptions } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group.arn, Targets: [{ Id }] }),
    );
    return TargetHealthDescriptions?.[0]?.TargetHealth;
  }

  it('are unused in a zone without a subnet of the balancer, and checked once it has one', async () => {
    const group = await balanced(subnetsIn('us-east-1a', 'us-east-1b'));
    const outside = simulator.models.ec2.subnet(zones.get('us-east-1c') ?? '')?.cidrBlock ?? '';
    const Id = outside.replace(/\.\d+\/\d+$/, '.77');
    await client.send(new RegisterTargetsCommand({ TargetGroupArn: group.arn, Targets: [{ Id }] }));
    expect(await health(group, Id)).toEqual({
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
    });
    await client.send(
      new SetSubnetsCommand({
        LoadBalancerArn: group.loadBalancerArn,
        Subnets: subnetsIn('us-east-1b', 'us-east-1c'),
      }),
    );
    expect((await health(group, Id))?.State).not.toBe('unused');
  });

  it('are unusable at an address of a balancer', async () => {
    const subnets = subnetsIn('us-east-1a', 'us-east-1b');
    const group = await balanced(subnets);
    const [balancer] = simulator.models.elbv2.loadBalancers.all();
    const Id = simulator.models.ec2.balancerAddress(balancer?.fullName ?? '', subnets[0] ?? '');
    await client.send(new RegisterTargetsCommand({ TargetGroupArn: group.arn, Targets: [{ Id }] }));
    expect(await health(group, Id)).toMatchObject({
      State: 'unused',
      Reason: 'Target.IpUnusable',
    });
  });

  it('are refused as instances that are not there', async () => {
    const { TargetGroups } = await client.send(
      new CreateTargetGroupCommand({ Name: 'hosts', Protocol: 'HTTP', Port: 80, VpcId: vpcId }),
    );
    const [group] = TargetGroups ?? [];
    expect(group?.TargetType).toBe('instance');
    await expect(
      client.send(
        new RegisterTargetsCommand({
          TargetGroupArn: group?.TargetGroupArn,
          Targets: [{ Id: 'i-0123456789abcdef0' }],
        }),
      ),
    ).rejects.toThrow("The instance ID 'i-0123456789abcdef0' is not valid");
  });

  it('cannot go unchecked', async () => {
    await expect(
      client.send(
        new CreateTargetGroupCommand({
          Name: 'unchecked',
          Protocol: 'HTTP',
          Port: 80,
          TargetType: 'ip',
          HealthCheckEnabled: false,
        }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidConfigurationRequestException',
      message: 'Health check enabled must be true with groups with target type "ip"',
    });
  });
});
