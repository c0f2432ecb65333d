import {
  DescribeVpcClassicLinkCommand,
  DescribeVpcClassicLinkDnsSupportCommand,
  DescribeVpcsCommand,
  type EC2Client,
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

// Ansible's ec2_vpc_net finds a VPC by `cidr-block`, which the API reference does not list, and asks for ClassicLink.
describe('what Ansible reads of a VPC', () => {
  it.each(['cidr', 'cidr-block', 'cidrBlock'])('is found by the filter %s', async (Name) => {
    const found = async (block: string) =>
      (await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name, Values: [block] }] }))).Vpcs;
    expect(await found('10.0.0.0/16')).toMatchObject([{ VpcId }]);
    expect(await found('10.1.0.0/16')).toEqual([]);
  });

  it('has no ClassicLink', async () => {
    const { Vpcs } = await ec2.send(new DescribeVpcClassicLinkCommand({ VpcIds: [VpcId] }));
    expect(Vpcs).toEqual([{ VpcId, ClassicLinkEnabled: false, Tags: [] }]);
    const support = await ec2.send(new DescribeVpcClassicLinkDnsSupportCommand({}));
    expect(support.Vpcs).toEqual([{ VpcId, ClassicLinkDnsSupported: false }]);
    const on = { Name: 'is-classic-link-enabled', Values: ['true'] };
    const enabled = await ec2.send(new DescribeVpcClassicLinkCommand({ Filters: [on] }));
    expect(enabled.Vpcs).toEqual([]);
  });
});
