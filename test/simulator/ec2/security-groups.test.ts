import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Network, startNetwork } from './network-fixture.ts';

let network: Network;
let ec2: EC2Client;
let VpcId: string;
beforeEach(async () => {
  network = await startNetwork();
  ec2 = network.client;
  VpcId = network.VpcId;
});
afterEach(() => network.stop());

describe('security groups', () => {
  it('a new group lets everything out and nothing in', async () => {
    const id = await network.create('SecurityGroup', { GroupDescription: 'tasks', VpcId });
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [id] }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: id,
        Description: 'tasks',
        VpcId,
        OwnerId: '111122223333',
        IpPermissions: [],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it('rules of the same ports become one permission, and an egress rule replaces the default one', async () => {
    const balancer = await network.create('SecurityGroup', { GroupDescription: 'alb', VpcId });
    const group = await network.create('SecurityGroup', {
      GroupDescription: 'tasks',
      VpcId,
      SecurityGroupIngress: [
        { IpProtocol: '6', FromPort: 8080, ToPort: '8080', CidrIp: '10.0.0.0/16' },
      ],
    });
    await network.create('SecurityGroupIngress', {
      GroupId: group,
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
      SourceSecurityGroupId: balancer,
      Description: 'from the balancer',
    });
    await network.create('SecurityGroupEgress', {
      GroupId: group,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    });
    const { SecurityGroups: [shown] = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [group] }),
    );
    expect(shown?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        IpRanges: [{ CidrIp: '10.0.0.0/16' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [
          { GroupId: balancer, UserId: '111122223333', Description: 'from the balancer' },
        ],
      },
    ]);
    expect(shown?.IpPermissionsEgress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443 }]);
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [group] }],
      }),
    );
    expect(SecurityGroupRules?.map((rule) => [rule.IsEgress, rule.FromPort])).toEqual([
      [false, 8080],
      [false, 8080],
      [true, 443],
    ]);
    expect(SecurityGroupRules?.[1]?.ReferencedGroupInfo?.GroupId).toBe(balancer);
  });

  it('a rule is taken away and given back by hand', async () => {
    const balancer = await network.create('SecurityGroup', { GroupDescription: 'alb', VpcId });
    const group = await network.create('SecurityGroup', { GroupDescription: 'tasks', VpcId });
    const IpPermissions = [
      {
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        UserIdGroupPairs: [{ GroupId: balancer }],
      },
    ];
    const rule = { GroupId: group, IpPermissions };
    const ports = async () => {
      const { SecurityGroups } = await ec2.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [group] }),
      );
      return SecurityGroups?.[0]?.IpPermissions?.map(({ FromPort }) => FromPort);
    };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    expect(await ports()).toEqual([8080]);
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    expect(await ports()).toEqual([]);
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
  });

  it.each([
    ['sg-0123456789abcdef0', 'InvalidGroup.NotFound'],
    ['tasks', 'InvalidGroupId.Malformed'],
  ])('%s is refused with %s', async (id, name) => {
    await expect(
      ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })),
    ).rejects.toMatchObject({ name });
  });
});
