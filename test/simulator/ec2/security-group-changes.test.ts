import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InterfaceHolders } from '../../../simulator/ec2/interfaces.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { withDefaultVpc } from '../../../simulator/ec2/vpcs.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ec2: EC2Client;
let balancers: ReturnType<InterfaceHolders['balancers']>;
let GroupId: string;
beforeEach(async () => {
  balancers = [];
  aws = await simulatedAws((world) => {
    const model = withDefaultVpc(new Ec2Model(world), world.identity.region);
    return [ec2Wire(model, world, { tasks: () => [], balancers: () => balancers })];
  });
  ec2 = new EC2Client(aws.client);
  GroupId = await group('web');
});
afterEach(() => aws.stop());

const group = async (GroupName: string) => {
  const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'x' }));
  return made.GroupId ?? '';
};
const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

describe('a security group made by a client', () => {
  it('is in the default VPC, lets everything out, and has a name of its own', async () => {
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'web',
        VpcId: expect.stringMatching(/^vpc-0/),
        IpPermissions: [],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
    await expect(group('web')).rejects.toMatchObject({
      name: 'InvalidGroup.Duplicate',
      message: `The security group 'web' already exists for VPC '${SecurityGroups?.[0]?.VpcId}'`,
    });
  });

  it('stays while a balancer or another group uses it', async () => {
    const other = await group('task');
    const pair = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] };
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [pair] }),
    );
    const dependent = {
      name: 'DependencyViolation',
      message: `resource ${GroupId} has a dependent object`,
    };
    const remove = (id: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
    await expect(remove(GroupId)).rejects.toMatchObject(dependent);
    await remove(other);
    balancers = [{ fullName: 'app/shop/1', subnets: ['subnet-1'], securityGroups: [GroupId] }];
    await expect(remove(GroupId)).rejects.toMatchObject(dependent);
    balancers = [];
    await remove(GroupId);
    await expect(remove(GroupId)).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
    await expect(
      ec2.send(new DeleteSecurityGroupCommand({ GroupName: 'default' })),
    ).rejects.toMatchObject({ name: 'CannotDelete' });
  });
});

describe('rules', () => {
  it('answers with each new rule, under an id that keeps through changes', async () => {
    const Tags = [{ Key: 'a', Value: 'b' }];
    const { SecurityGroupRules = [] } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [http],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }],
      }),
    );
    const SecurityGroupRuleId = SecurityGroupRules[0]?.SecurityGroupRuleId ?? '';
    expect(SecurityGroupRuleId).toMatch(/^sgr-0[0-9a-f]{16}$/);
    expect(SecurityGroupRules).toMatchObject([
      { IsEgress: false, IpProtocol: 'tcp', FromPort: 80, CidrIpv4: '0.0.0.0/0', Tags },
    ]);
    const SecurityGroupRule = {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: '10.0.0.0/8',
    };
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
    await ec2.send(
      new UpdateSecurityGroupRuleDescriptionsIngressCommand({
        GroupId,
        SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId, Description: 'inside' }],
      }),
    );
    const described = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId] }),
    );
    expect(described.SecurityGroupRules).toMatchObject([
      { FromPort: 443, ToPort: 443, CidrIpv4: '10.0.0.0/8', Description: 'inside', Tags },
    ]);
  });

  // API reference, IpRange: blocks are kept in their canonical form, and compared in it.
  it('a rule keeps its block without host bits', async () => {
    const allow = (CidrIp: string) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ ...http, IpRanges: [{ CidrIp }] }],
        }),
      );
    const { SecurityGroupRules } = await allow('100.68.0.18/18');
    expect(SecurityGroupRules).toMatchObject([{ CidrIpv4: '100.68.0.0/18' }]);
    await expect(allow('100.68.0.19/18')).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
  });

  it('the rule that lets everything out can be taken away, once', async () => {
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    const revoke = () =>
      ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] }));
    await revoke();
    await expect(revoke()).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
  });

  it.each([
    [
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      'InvalidPermission.Duplicate',
      'the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists',
    ],
    [
      { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      'InvalidParameterValue',
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    ],
    [
      { ...http, IpRanges: [{ CidrIp: '10.0.0.1' }] },
      'InvalidParameterValue',
      'CIDR block 10.0.0.1 is malformed',
    ],
    [
      { ...http, IpProtocol: 'http', IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      'InvalidParameterValue',
      "Invalid value 'http' for IP protocol. Unknown protocol.",
    ],
    [
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-0' }] },
      'InvalidGroup.NotFound',
      "The security group 'sg-0' does not exist",
    ],
  ])('%j is refused', async (permission, name, message) => {
    await expect(
      ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] })),
    ).rejects.toMatchObject({ name, message });
  });
});
