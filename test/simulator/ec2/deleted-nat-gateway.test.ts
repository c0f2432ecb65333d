import {
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCommand,
  DescribeNatGatewaysCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ec2: EC2Client;
let VpcId: string;
beforeEach(async () => {
  aws = await simulatedAws((world) => [
    ec2Wire(new Ec2Model(world), world, { tasks: () => [], balancers: () => [] }),
  ]);
  ec2 = new EC2Client(aws.client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc?.VpcId ?? '';
});
afterEach(() => aws.stop());

// VPC user guide, "Delete a NAT gateway"; Ansible's ec2_vpc_nat_gateway reads it after it waited for its end.
it('shows a deleted NAT gateway for an hour', async () => {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const SubnetId = Subnet?.SubnetId;
  const { NatGateway } = await ec2.send(
    new CreateNatGatewayCommand({
      SubnetId,
      ConnectivityType: 'private',
      TagSpecifications: [{ ResourceType: 'natgateway', Tags: [{ Key: 'a', Value: 'b' }] }],
    }),
  );
  const NatGatewayIds = [NatGateway?.NatGatewayId ?? ''];
  const [NatGatewayId] = NatGatewayIds;
  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
  const shown = async (Name: string, value: string) =>
    (
      await ec2.send(
        new DescribeNatGatewaysCommand({ Filter: [{ Name, Values: [value] }], NatGatewayIds }),
      )
    ).NatGateways;
  const DeleteTime = expect.any(Date);
  expect(await shown('tag:a', 'b')).toEqual([{ ...NatGateway, State: 'deleted', DeleteTime }]);
  expect(await shown('state', 'available')).toEqual([]);
  const unknown = {
    name: 'NatGatewayNotFound',
    message: `The Nat Gateway ${NatGatewayId} was not found`,
  };
  const deleteAgain = ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
  await expect(deleteAgain).rejects.toMatchObject(unknown);
  const { clock } = aws.world;
  await clock.advanceTo(clock.now() + 3_600_000);
  await expect(shown('vpc-id', VpcId)).rejects.toMatchObject(unknown);
  expect((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways).toEqual([]);
});
