import {
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCommand,
  DescribeNatGatewaysCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

// VPC user guide, "Delete a NAT gateway"; Ansible's ec2_vpc_nat_gateway reads it after it waited for its end.
it('shows a deleted NAT gateway for an hour', async () => {
  const SubnetId = await network.createSubnet('10.0.0.0/24');
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
  const { clock } = network;
  await clock.advanceTo(clock.now() + 3_600_000);
  await expect(shown('vpc-id', VpcId)).rejects.toMatchObject(unknown);
  expect((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways).toEqual([]);
});
