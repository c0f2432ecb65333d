import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const StackName = 'shop';
const TemplateBody = JSON.stringify({
  Resources: {
    Cluster: {
      Type: 'AWS::ECS::Cluster',
      Properties: { ClusterName: 'web', Tags: [{ Key: 'stage', Value: 'of the cluster' }] },
    },
    Text: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: '/greeting', Value: 'hello' },
    },
  },
});

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

const tags = (given: Record<string, string>) =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
const stack = () => simulator.models.cloudformation.find(StackName);
const tagsOf = (logicalId: string) => stack()?.resources.get(logicalId)?.properties.Tags;

// "Resource tags" of the user guide: stack-level tags go to every resource that takes tags.
it('the tags of a stack are those of its resources, which may say otherwise', async () => {
  const Tags = tags({ team: 'web', stage: 'of the stack' });
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Tags }));
  await stack()?.running;
  expect(stack()?.status).toBe('CREATE_COMPLETE');
  expect(tagsOf('Cluster')).toEqual(tags({ stage: 'of the cluster', team: 'web' }));
  expect(tagsOf('Text')).toEqual({ team: 'web', stage: 'of the stack' });
  const mark = stack()?.events.length ?? 0;

  await client.send(
    new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Tags: tags({ team: 'shop' }) }),
  );
  await stack()?.running;
  expect(tagsOf('Cluster')).toEqual(tags({ stage: 'of the cluster', team: 'shop' }));
  const touched = stack()
    ?.events.slice(mark)
    .map(({ logicalId }) => logicalId);
  expect([...new Set(touched)]).toEqual(['shop', 'Cluster', 'Text']);
});

it('an update changes the tags of queues, topics, buckets and parameters', async () => {
  const template = (list: Record<string, string>, Value: string) => {
    const Tags = tags(list);
    return JSON.stringify({
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', Tags } },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', Tags } },
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-notes', Tags } },
        Text: {
          Type: 'AWS::SSM::Parameter',
          Properties: { Type: 'String', Name: '/greeting', Value, Tags: list },
        },
      },
    });
  };
  const shown = async () => {
    const { sqs, sns, ssm, s3 } = simulator.models;
    const topic = sns.topic('arn:aws:sns:us-east-1:123456789012:news');
    return {
      queue: Object.fromEntries(sqs.byName('orders').tags),
      topic: Object.fromEntries(topic.tags),
      bucket: s3.bucket('shop-notes').settings.get('BucketTagging'),
      parameter: Object.fromEntries(ssm.find('/greeting')?.tags ?? []),
    };
  };
  const before = { team: 'web', stage: 'dev' };
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template(before, 'a') }));
  await stack()?.running;
  expect(await shown()).toEqual({
    queue: before,
    topic: before,
    bucket: { TagSet: tags(before) },
    parameter: before,
  });
  const after = { team: 'shop' };
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template(after, 'b') }));
  await stack()?.running;
  expect(stack()?.status).toBe('UPDATE_COMPLETE');
  expect(await shown()).toEqual({
    queue: after,
    topic: after,
    bucket: { TagSet: tags(after) },
    parameter: after,
  });
});

it('a creation that is asked for twice with one token is one', async () => {
  const request = { StackName, TemplateBody, ClientRequestToken: 'once' };
  const first = await client.send(new CreateStackCommand(request));
  const again = await client.send(new CreateStackCommand(request));
  expect(again.StackId).toBe(first.StackId);
  await expect(
    client.send(new CreateStackCommand({ ...request, ClientRequestToken: 'twice' })),
  ).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});
