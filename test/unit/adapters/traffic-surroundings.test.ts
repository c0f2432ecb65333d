import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { ec2Network } from '../../../functions/adapters/ec2-network.ts';
import { iamRolePermissions } from '../../../functions/adapters/iam-role-permissions.ts';
import { lambdaHookFunctions } from '../../../functions/adapters/lambda-hook-functions.ts';
import { type ScriptedCommand, scriptClient, sdkError } from '../../support/scripted-client.ts';

const settings = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

describe('ec2Network', () => {
  function network(answer: (command: ScriptedCommand) => object) {
    const client = new EC2Client(settings);
    const commands = scriptClient(client, answer);
    return { commands, network: ec2Network(client) };
  }

  it('reads subnets page by page', async () => {
    const { network: read, commands } = network(({ input }) =>
      input.NextToken === undefined
        ? {
            Subnets: [
              { SubnetId: 'a', VpcId: 'v', CidrBlock: '10.0.0.0/24', AvailableIpAddressCount: 9 },
            ],
            NextToken: 'more',
          }
        : { Subnets: [{ SubnetId: 'b', VpcId: 'v', CidrBlock: '10.0.1.0/24' }] },
    );
    expect(await read.subnets(['a', 'b'])).toEqual([
      { id: 'a', vpcId: 'v', block: '10.0.0.0/24', freeAddresses: 9 },
      { id: 'b', vpcId: 'v', block: '10.0.1.0/24', freeAddresses: 0 },
    ]);
    expect(commands[0]?.input.SubnetIds).toEqual(['a', 'b']);
  });

  it('asks for nothing rather than for everything', async () => {
    const { network: read, commands } = network(() => ({}));
    expect([await read.subnets([]), await read.securityGroups([])]).toEqual([[], []]);
    expect(commands).toEqual([]);
  });

  it('reads rules: one port, all ports, groups and prefix lists', async () => {
    const IpPermissions = [
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 81,
        IpRanges: [{ CidrIp: '10.0.0.0/8' }],
        UserIdGroupPairs: [{ GroupId: 'sg-2' }],
        PrefixListIds: [{ PrefixListId: 'pl-1' }],
      },
      { IpProtocol: 'tcp', FromPort: -1, ToPort: -1 },
    ];
    const SecurityGroups = [
      { GroupId: 'sg-1', IpPermissions, IpPermissionsEgress: [{ IpProtocol: '-1' }] },
    ];
    const { network: read } = network(() => ({ SecurityGroups }));
    const nobody = { blocks: [], securityGroupIds: [], prefixListIds: [] };
    expect(await read.securityGroups(['sg-1'])).toEqual([
      {
        id: 'sg-1',
        inbound: [
          {
            protocol: 'tcp',
            fromPort: 80,
            toPort: 81,
            blocks: ['10.0.0.0/8'],
            securityGroupIds: ['sg-2'],
            prefixListIds: ['pl-1'],
          },
          { protocol: 'tcp', fromPort: 0, toPort: 65_535, ...nobody },
        ],
        outbound: [{ protocol: '-1', fromPort: 0, toPort: 65_535, ...nobody }],
      },
    ]);
  });

  it('reads the addresses of NAT gateways that are there, and of NAT instances', async () => {
    const gateway = (State: string, PublicIp?: string) => ({
      State,
      NatGatewayAddresses: [{ PublicIp }],
    });
    const attached = (PublicIp: string, InterfaceType: string, SourceDestCheck: boolean) => ({
      ...{ Association: { PublicIp }, InterfaceType, SourceDestCheck },
    });
    const { network: read, commands } = network(() => ({
      NetworkInterfaces: [
        attached('203.0.113.3', 'interface', false),
        attached('203.0.113.4', 'interface', true),
        attached('203.0.113.2', 'natGateway', false),
      ],
      NatGateways: [
        gateway('available', '203.0.113.1'),
        gateway('deleted', '203.0.113.2'),
        gateway('available'),
      ],
    }));
    expect(await read.natAddresses('vpc-1')).toEqual(['203.0.113.1', '203.0.113.3']);
    expect(commands.map(({ input }) => input.Filter ?? input.Filters)).toEqual([
      [{ Name: 'vpc-id', Values: ['vpc-1'] }],
      [{ Name: 'vpc-id', Values: ['vpc-1'] }],
    ]);
  });
});

describe('lambdaHookFunctions', () => {
  const describeWith = (answer: object | Error) => {
    const client = new LambdaClient(settings);
    scriptClient(client, () => answer);
    return lambdaHookFunctions(client).describe('hook');
  };

  it('reads state and network', async () => {
    const VpcConfig = { VpcId: 'vpc-1', SubnetIds: ['a'], SecurityGroupIds: ['sg-1'] };
    expect(
      await describeWith({
        FunctionArn: 'arn:hook',
        State: 'Inactive',
        StateReason: 'idle',
        VpcConfig,
      }),
    ).toEqual({
      name: 'hook',
      arn: 'arn:hook',
      state: 'Inactive',
      stateReason: 'idle',
      vpc: { vpcId: 'vpc-1', subnetIds: ['a'], securityGroupIds: ['sg-1'] },
    });
  });

  it.each([{}, { VpcConfig: { VpcId: '', SubnetIds: [], SecurityGroupIds: [] } }])(
    'takes %j for outside any VPC',
    async (more) => {
      expect((await describeWith({ FunctionArn: 'arn:hook', ...more }))?.vpc).toBeUndefined();
    },
  );

  it('knows no function after ResourceNotFoundException, and lets other errors out', async () => {
    expect(await describeWith(sdkError('ResourceNotFoundException'))).toBeUndefined();
    await expect(describeWith(sdkError('AccessDeniedException', 'no', 403))).rejects.toThrow(
      'lambda:GetFunctionConfiguration on hook',
    );
  });
});

describe('iamRolePermissions', () => {
  function permissions(answer: (command: ScriptedCommand) => object | Error) {
    const client = new IAMClient(settings);
    const commands = scriptClient(client, answer);
    return { commands, permissions: iamRolePermissions(client) };
  }

  it('asks once for all resources, with the context', async () => {
    const { permissions: read, commands } = permissions(() => ({
      EvaluationResults: [
        {
          EvalResourceName: 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}',
          EvalDecision: 'explicitDeny',
          ResourceSpecificResults: [
            { EvalResourceName: 'arn:a', EvalResourceDecision: 'allowed' },
            { EvalResourceName: 'arn:b', EvalResourceDecision: 'explicitDeny' },
          ],
        },
      ],
    }));
    const context = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
    expect(await read.simulate('arn:role', 'iam:PassRole', ['arn:a', 'arn:b'], context)).toEqual([
      { resource: 'arn:a', decision: 'allowed' },
      { resource: 'arn:b', decision: 'explicitDeny' },
    ]);
    expect(commands.map(({ input }) => input)).toMatchObject([
      {
        PolicySourceArn: 'arn:role',
        ActionNames: ['iam:PassRole'],
        ResourceArns: ['arn:a', 'arn:b'],
        ContextEntries: [
          {
            ContextKeyName: 'iam:PassedToService',
            ContextKeyType: 'string',
            ContextKeyValues: ['ecs-tasks.amazonaws.com'],
          },
        ],
      },
    ]);
  });

  it('reads the decision on a single resource, which has no list below it', async () => {
    const { permissions: read } = permissions(() => ({
      EvaluationResults: [{ EvalResourceName: 'arn:a', EvalDecision: 'implicitDeny' }],
    }));
    expect(await read.simulate('arn:role', 'iam:PassRole', ['arn:a'])).toEqual([
      { resource: 'arn:a', decision: 'implicitDeny' },
    ]);
  });

  it('says when there is no such role', async () => {
    const { permissions: read } = permissions(() => sdkError('NoSuchEntityException', 'gone', 404));
    await expect(read.simulate('arn:role', 'iam:PassRole', ['arn:a'])).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
      message: 'IAM has no role arn:role',
    });
  });
});
