import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStack } from '../../../simulator/cloudformation/create-stack.ts';
import { CloudFormationModel } from '../../../simulator/cloudformation/model.ts';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { cloudFormationWire } from '../../../simulator/cloudformation/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';
import { testProviders } from './loading.ts';

let aws: SimulatedAws;
let model: CloudFormationModel;
let client: CloudFormationClient;
beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new CloudFormationModel(world);
    return [cloudFormationWire(model)];
  });
  client = new CloudFormationClient(aws.client);
});
afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function deploy(stackName: string, template: object, given: Record<string, string> = {}) {
  const { providers } = testProviders();
  const source = { stackName, templateBody: JSON.stringify(template) };
  return createStack(model, providers, planStack(model, providers, source, { given, ssm: {} }));
}

const demo = {
  Description: 'A demonstration',
  Parameters: { Stage: { Type: 'String', Default: 'test' } },
  Resources: { Net: { Type: 'Test::Thing', Properties: { Name: 'net-1' } } },
  Outputs: { Id: { Value: { Ref: 'Net' }, Description: 'its id', Export: { Name: 'demo-net' } } },
};

describe('CloudFormation over the wire', () => {
  // API reference, GetStackPolicy: "If a stack doesn't have a policy, a null value is returned."
  it('tells that a stack has no policy', async () => {
    await deploy('Demo', demo);
    const policy = await client.send(new GetStackPolicyCommand({ StackName: 'Demo' }));
    expect(policy).not.toHaveProperty('StackPolicyBody');
    await expect(client.send(new GetStackPolicyCommand({ StackName: 'none' }))).rejects.toThrow(
      'Stack with id none does not exist',
    );
  });

  it('describes a stack by name and by id', async () => {
    const { stackId } = await deploy('Demo', demo, { Stage: 'prod' });
    for (const StackName of ['Demo', stackId]) {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      expect(Stacks).toMatchObject([
        {
          StackName: 'Demo',
          StackId: stackId,
          Description: 'A demonstration',
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: expect.any(Date),
          Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
          Outputs: [
            {
              OutputKey: 'Id',
              OutputValue: 'net-1',
              Description: 'its id',
              ExportName: 'demo-net',
            },
          ],
        },
      ]);
    }
  });

  it('lists stacks newest first and by status', async () => {
    await deploy('First', demo);
    await deploy('Failing', {
      Resources: { Bad: { Type: 'Test::Thing', Properties: { Fail: 'no' } } },
    }).catch(() => {});
    const all = await client.send(new ListStacksCommand({}));
    expect(all.StackSummaries?.map(({ StackName }) => StackName)).toEqual(['Failing', 'First']);
    const failed = await client.send(
      new ListStacksCommand({ StackStatusFilter: ['CREATE_FAILED'] }),
    );
    expect(failed.StackSummaries).toMatchObject([
      {
        StackName: 'Failing',
        StackStatusReason: 'The following resource(s) failed to create: [Bad].',
      },
    ]);
  });

  it('describes resources with their physical ids, also by physical id alone', async () => {
    await deploy('Demo', demo);
    const resource = {
      StackName: 'Demo',
      LogicalResourceId: 'Net',
      PhysicalResourceId: 'net-1',
      ResourceType: 'Test::Thing',
      ResourceStatus: 'CREATE_COMPLETE',
    };
    const { StackResources } = await client.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: 'net-1' }),
    );
    expect(StackResources).toMatchObject([resource]);
    const { StackResourceDetail } = await client.send(
      new DescribeStackResourceCommand({ StackName: 'Demo', LogicalResourceId: 'Net' }),
    );
    expect(StackResourceDetail).toMatchObject(resource);
  });

  it('hands out long lists in pages of a hundred', async () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 205 }, (_, index) => [`Thing${index}`, { Type: 'Test::Thing' }]),
    );
    await deploy('Large', { Resources });
    const sizes: number[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: 'Large' })) {
      sizes.push(page.StackResourceSummaries?.length ?? 0);
    }
    expect(sizes).toEqual([100, 100, 5]);
  });

  it('gives the template back as it was loaded', async () => {
    await deploy('Demo', demo);
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: 'Demo' }));
    expect(JSON.parse(TemplateBody ?? '')).toEqual(demo);
  });

  it('lists exports with the stack they come from', async () => {
    const { stackId } = await deploy('Demo', demo);
    const { Exports } = await client.send(new ListExportsCommand({}));
    expect(Exports).toEqual([{ ExportingStackId: stackId, Name: 'demo-net', Value: 'net-1' }]);
  });

  it.each([
    [
      'an unknown stack',
      new DescribeStacksCommand({ StackName: 'Nobody' }),
      'Stack with id Nobody does not exist',
    ],
    ['an unknown token', new ListStacksCommand({ NextToken: 'abc' }), 'Invalid NextToken: abc'],
  ])('answers %s with ValidationError', async (_case, command, message) => {
    await expect(client.send(command as DescribeStacksCommand)).rejects.toMatchObject({
      name: 'ValidationError',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('answers an unknown resource with ValidationError', async () => {
    await deploy('Demo', demo);
    const asked = client.send(
      new DescribeStackResourceCommand({ StackName: 'Demo', LogicalResourceId: 'Nobody' }),
    );
    await expect(asked).rejects.toThrow('Resource Nobody does not exist for stack Demo');
    await expect(
      client.send(new ListStackResourcesCommand({ StackName: 'Nobody' })),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
