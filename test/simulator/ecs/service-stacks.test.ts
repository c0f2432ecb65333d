import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import type { Stack } from '../../../simulator/cloudformation/model.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const StackName = 'shop';
let simulator: Simulator;
let client: CloudFormationClient;
beforeEach(async () => {
  simulator = await createSimulator({ seed: 5 });
  client = new CloudFormationClient(clientOptions(simulator));
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

/** A service none of whose tasks starts. */
const TemplateBody = JSON.stringify({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' },
    },
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Cpu: '256',
        Memory: '512',
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        ContainerDefinitions: [{ Name: 'app', Image: 'missing:v1' }],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Task' },
        DesiredCount: 1,
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }] } },
      },
    },
  },
});

async function creation(): Promise<Stack> {
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  const stack = simulator.models.cloudformation.find(StackId ?? '');
  if (!stack) throw new Error('no stack');
  return stack;
}

const failures = ({ events }: Stack) =>
  events
    .filter(({ status }) => /(DELETE|ROLLBACK)_FAILED$/.test(status))
    .map(({ logicalId, reason }) => `${logicalId}: ${reason}`);

const serviceEvents = ({ events }: Stack) =>
  events
    .filter(({ logicalId }) => logicalId === 'Service')
    .map(({ status, physicalId, reason }) => [status, Boolean(physicalId), reason]);

describe('a service that never becomes steady', () => {
  it('goes when the creation of its stack is rolled back', async () => {
    const stack = await creation();
    await stack.running;
    expect(failures(stack)).toEqual([]);
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(serviceEvents(stack)).toEqual([
      ['CREATE_IN_PROGRESS', false, undefined],
      ['CREATE_IN_PROGRESS', true, 'Resource creation Initiated'],
      ['CREATE_FAILED', true, expect.stringContaining('did not stabilize')],
      ['DELETE_IN_PROGRESS', true, undefined],
      ['DELETE_COMPLETE', true, undefined],
    ]);
  });

  it('goes when its stack is deleted while it is waited for', async () => {
    const stack = await creation();
    while (serviceEvents(stack).length === 0) await simulator.world.clock.sleep(100);
    await simulator.world.clock.sleep(60_000);
    await client.send(new DeleteStackCommand({ StackName }));
    await stack.running;
    expect(failures(stack)).toEqual([]);
    expect(stack.status).toBe('DELETE_COMPLETE');
  });
});
