import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import type { ServiceName } from '../../../simulator/wire/operation.ts';
import { sendInput } from './constraints/send-input.ts';
import { furnish } from './fuzz/furnish.ts';

let simulator: Simulator;
let client: Parameters<typeof furnish>[0]['client'];
beforeAll(async () => {
  simulator = await createSimulator({ settings: { requestQuotas: false } });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const { endpoint } = simulator;
  client = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  await furnish({ client });
});
afterAll(() => simulator.stop());

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;
const pairs = [{ Key: 'AWS:cloudformation:stack-name', Value: 'x' }];
const small = [{ key: 'aws:x', value: 'y' }];
const map = { 'aws:x': 'y' };
const words = 'aws: prefixed tag key names are not allowed for external use.';

describe('tags that begin with aws: are refused', () => {
  it.each<[ServiceName, string, object, string, string?]>([
    [
      'cloudformation',
      'CreateStack',
      { StackName: 's', TemplateBody: '{}', Tags: pairs },
      'ValidationError',
    ],
    [
      'cloudwatch-logs',
      'CreateLogGroup',
      { logGroupName: 'l', tags: map },
      'InvalidParameterException',
    ],
    [
      'ecr',
      'CreateRepository',
      { repositoryName: 'r', tags: pairs },
      'InvalidTagParameterException',
    ],
    ['ecs', 'CreateCluster', { clusterName: 'c', tags: small }, 'InvalidParameterException'],
    [
      'ecs',
      'UntagResource',
      { resourceArn: arn('ecs', 'cluster/default'), tagKeys: ['aws:x'] },
      'InvalidParameterException',
    ],
    [
      'eventbridge',
      'PutRule',
      { Name: 'r', ScheduleExpression: 'rate(1 day)', Tags: pairs },
      'ValidationException',
    ],
    ['iam', 'TagRole', { RoleName: 'shop', Tags: pairs }, 'InvalidInputException'],
    [
      's3',
      'PutObject',
      { Bucket: 'shop', Key: 'k', Tagging: 'aws%3Ax=y' },
      'InvalidTag',
      'System tags cannot be added/updated by requester',
    ],
    [
      's3',
      'PutBucketTagging',
      { Bucket: 'shop', Tagging: { TagSet: pairs } },
      'InvalidTag',
      'System tags cannot be added/updated by requester',
    ],
    [
      'secrets-manager',
      'CreateSecret',
      { Name: 't', SecretString: 'x', Tags: pairs },
      'InvalidParameterException',
    ],
    ['sns', 'CreateTopic', { Name: 't', Tags: pairs }, 'InvalidParameterException'],
    ['sqs', 'CreateQueue', { QueueName: 'q', tags: map }, 'InvalidParameterValue'],
    [
      'ssm',
      'PutParameter',
      { Name: 'p', Value: 'v', Type: 'String', Tags: pairs },
      'ValidationException',
    ],
  ])('%s %s %j', async (service, operation, input, code, message = words) => {
    expect(await sendInput({ client }, service, operation, input)).toEqual({ code, message });
  });

  it('but not those that only look like it', async () => {
    const tags = [{ Key: 'aws-cdk:x', Value: 'aws:y' }];
    expect(await sendInput({ client }, 'sns', 'CreateTopic', { Name: 't', Tags: tags })).toBe(
      undefined,
    );
  });
});
