import { EC2Client } from '@aws-sdk/client-ec2';
import type { InterfaceHolders } from '../../../simulator/ec2/interfaces.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { ec2Resources } from '../../../simulator/ec2/resources.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { serveWire } from '../../support/simulator/serve-wire.ts';
import { createResource } from '../wire/create-resource.ts';

/** What holds addresses in the subnets. */
interface Holders {
  tasks: ReturnType<InterfaceHolders['tasks']>;
  balancers: ReturnType<InterfaceHolders['balancers']>;
}

export type Network = Awaited<ReturnType<typeof startNetwork>>;

/** A VPC of 10.0.0.0/16 behind the wire, with an SDK client. */
export async function startNetwork() {
  const world = createTestWorld();
  const model = new Ec2Model(world);
  const holders: Holders = { tasks: [], balancers: [] };
  const held = { tasks: () => holders.tasks, balancers: () => holders.balancers };
  const server = await serveWire(world, [ec2Wire(model, world, held)]);
  /** Makes a resource as a stack would; resolves with its physical id. */
  const create = async (type: string, properties: unknown) => {
    const providers = ec2Resources(model, world);
    return (await createResource(providers, world, `AWS::EC2::${type}`, properties)).physicalId;
  };
  const VpcId = await create('VPC', { CidrBlock: '10.0.0.0/16' });
  return {
    client: new EC2Client(server.client),
    clock: world.clock,
    model,
    holders,
    VpcId,
    create,
    createSubnet: (CidrBlock: string, more: object = {}) =>
      create('Subnet', { VpcId, CidrBlock, ...more }),
    stop: async () => {
      world.clock.stop();
      await server.stop();
    },
  };
}

/** An interface of a task, by its number. */
export const task = (subnetId: string, number: number) => ({
  networkInterfaceId: `eni-0000000000000000${number}`,
  subnetId,
  privateIp: `10.0.0.${10 + number}`,
  macAddress: '02:00:00:00:00:01',
  attachmentArn: 'arn:aws:ecs:eu-west-1:111122223333:attachment/x',
  securityGroups: ['sg-1'],
});
