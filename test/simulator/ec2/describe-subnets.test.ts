import { DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Network, startNetwork, task } from './network-fixture.ts';

let network: Network;
let ec2: EC2Client;
let VpcId: string;
beforeEach(async () => {
  network = await startNetwork();
  ec2 = network.client;
  VpcId = network.VpcId;
});
afterEach(() => network.stop());

describe('DescribeSubnets', () => {
  it('counts free addresses without those of AWS, tasks, balancers and NAT gateways', async () => {
    const subnet = await network.createSubnet('10.0.0.0/28');
    const other = await network.createSubnet('10.0.1.0/24');
    await network.create('NatGateway', { SubnetId: subnet });
    network.holders.tasks = [task(subnet, 1), task(subnet, 2), task(other, 3)];
    network.holders.balancers = [
      { fullName: 'app/shop/1', subnets: [subnet, other], securityGroups: [] },
    ];
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [other, subnet] }),
    );
    expect(Subnets.map((each) => [each.SubnetId, each.AvailableIpAddressCount])).toEqual([
      [other, 256 - 5 - 2],
      [subnet, 16 - 5 - 4],
    ]);
    network.holders.tasks = [];
    const { Subnets: [later] = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [subnet] }),
    );
    expect(later?.AvailableIpAddressCount).toBe(9);
  });

  it('tells zone, block and tags, and filters by any of them', async () => {
    const Tags = [{ Key: 'Name', Value: 'private-b' }];
    const id = await network.createSubnet('10.0.0.0/24', { AvailabilityZone: 'eu-west-1b', Tags });
    await network.createSubnet('10.0.1.0/24', { AvailabilityZone: 'eu-west-1a' });
    const Filters = [
      { Name: 'tag:Name', Values: ['private-*'] },
      { Name: 'vpc-id', Values: ['vpc-x', VpcId] },
    ];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
    expect(Subnets).toMatchObject([
      {
        SubnetId: id,
        SubnetArn: `arn:aws:ec2:eu-west-1:111122223333:subnet/${id}`,
        State: 'available',
        AvailabilityZone: 'eu-west-1b',
        AvailabilityZoneId: 'euw1-az2',
        CidrBlock: '10.0.0.0/24',
        MapPublicIpOnLaunch: false,
        Tags,
      },
    ]);
  });

  it('pages, but not together with ids', async () => {
    for (let third = 0; third < 7; third++) await network.createSubnet(`10.0.${third}.0/24`);
    const first = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5 }));
    expect(first.Subnets).toHaveLength(5);
    const { NextToken } = first;
    const rest = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, NextToken }));
    expect([rest.Subnets?.length, rest.NextToken]).toEqual([2, undefined]);
    await expect(
      ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, SubnetIds: ['subnet-1'] })),
    ).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });

  it.each([
    [
      { SubnetIds: ['subnet-0'] },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-0' does not exist",
    ],
    [{ Filters: [{ Name: 'colour', Values: ['x'] }] }, 'InvalidParameterValue', /filter 'colour'/],
    [{ MaxResults: 4 }, 'InvalidParameterValue', /Expecting a value greater than 5/],
    [{ DryRun: true }, 'DryRunOperation', /would have succeeded/],
  ])('%j is answered as EC2 does', async (input, name, message) => {
    const call = ec2.send(new DescribeSubnetsCommand(input));
    await expect(call).rejects.toMatchObject({ name });
    await expect(call).rejects.toThrow(message);
  });
});
