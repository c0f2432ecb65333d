import { readFileSync } from 'node:fs';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const StackName = 'shop';
const TemplateBody = readFileSync(new URL('./templates/fargate-web.yaml', import.meta.url), 'utf8');

let simulator: Simulator;
let client: CloudFormationClient;
let ecs: ECSClient;
beforeEach(async () => {
  simulator = await createSimulator({ seed: 5 });
  client = new CloudFormationClient(clientOptions(simulator));
  ecs = new ECSClient(clientOptions(simulator));
});
afterEach(async () => {
  client.destroy();
  ecs.destroy();
  await simulator.stop();
});

const parameters = (given: Record<string, string>) =>
  Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

/** Waits for the running operation; a failure is reported with the reasons of its events. */
async function settled(status: string): Promise<Record<string, string>> {
  await simulator.models.cloudformation.find(StackName)?.running;
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failures = StackEvents?.filter(({ ResourceStatus }) => ResourceStatus?.includes('FAILED'));
  expect([Stacks?.[0]?.StackStatus, failures?.map((each) => each.ResourceStatusReason)]).toEqual([
    status,
    [],
  ]);
  return Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
}

async function create(more: Record<string, string> = {}) {
  const Parameters = parameters({ Image: 'nginx:1', ...more });
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody,
      Parameters,
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  return settled('CREATE_COMPLETE');
}

it('a hand-written Fargate stack is created, updated with replacement, and deleted', async () => {
  const { TaskArn, Url } = await create();
  expect(Url).toMatch(/^http:\/\/shop-.*\.elb\.amazonaws\.com$/);

  await client.send(
    new UpdateStackCommand({
      StackName,
      UsePreviousTemplate: true,
      Parameters: parameters({ Image: 'nginx:2', Stage: 'prod' }),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  const outputs = await settled('UPDATE_COMPLETE');
  expect(TaskArn).toMatch(/task-definition\/shop:1$/);
  expect(outputs.TaskArn).toMatch(/task-definition\/shop:2$/);
  const old = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'shop:1' }));
  expect(old.taskDefinition?.status).toBe('INACTIVE');
  expect(old.taskDefinition?.containerDefinitions?.[0]?.environment).toEqual([
    { name: 'STAGE', value: 'test' },
    { name: 'PORT', value: '8080' },
    { name: 'VERBOSE', value: 'false' },
  ]);
  const stack = simulator.models.cloudformation.find(StackName);
  const service = stack?.resources.get('Service')?.physicalId ?? '';
  const cluster = stack?.resources.get('Cluster')?.physicalId ?? '';
  const { services } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  expect(services?.[0]).toMatchObject({ status: 'ACTIVE', taskDefinition: outputs.TaskArn });
  expect(simulator.models.logs.group('/ecs/shop').retentionInDays).toBe(90);

  const bucket = stack?.resources.get('Archive')?.physicalId ?? '';
  await client.send(new DeleteStackCommand({ StackName }));
  await stack?.running;
  expect([
    stack?.status,
    ...(stack?.events ?? []).flatMap(({ status, reason }) =>
      status === 'DELETE_FAILED' ? [reason] : [],
    ),
  ]).toEqual(['DELETE_COMPLETE']);
  expect(simulator.models.s3.buckets().map(({ name }) => name)).toContain(bucket);
  const elb = new ElasticLoadBalancingV2Client(clientOptions(simulator));
  const arn = stack?.resources.get('Balancer')?.physicalId ?? '';
  await expect(
    elb.send(new DescribeListenersCommand({ LoadBalancerArn: arn })),
  ).rejects.toMatchObject({ name: 'LoadBalancerNotFoundException' });
  elb.destroy();
});

it('needs the capability that its role asks for', async () => {
  const Parameters = parameters({ Image: 'nginx:1' });
  await expect(
    client.send(new CreateStackCommand({ StackName, TemplateBody, Parameters })),
  ).rejects.toMatchObject({
    name: 'InsufficientCapabilitiesException',
    message: 'Requires capabilities : [CAPABILITY_IAM]',
  });
});

it('a bucket with objects and a protected group of resources refuse their deletion', async () => {
  const template = JSON.stringify({
    Resources: { Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-archive' } } },
  });
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template }));
  await settled('CREATE_COMPLETE');
  simulator.models.s3.putObject('shop-archive', 'one', Buffer.from('1'));
  await client.send(new DeleteStackCommand({ StackName }));
  const stack = simulator.models.cloudformation.find(StackName);
  await stack?.running;
  expect(stack?.status).toBe('DELETE_FAILED');
  expect(stack?.resources.get('Archive')?.statusReason).toMatch(
    /^Resource handler returned message: "The bucket you tried to delete is not empty \(.*BucketNotEmpty\)" \(.*HandlerErrorCode: InvalidRequest\)$/,
  );
});
