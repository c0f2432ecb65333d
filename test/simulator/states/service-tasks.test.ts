import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { serviceWorld } from './service-world.ts';

const sdk = (action: string, fields: object) => ({
  Call: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${action}`, End: true, ...fields },
});
const optimized = (action: string, fields: object) => ({
  Call: { Type: 'Task', Resource: `arn:aws:states:::${action}`, End: true, ...fields },
});
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

describe('aws-sdk integrations', () => {
  it('call any operation in PascalCase and answer in PascalCase', async () => {
    const { client, role, run } = await serviceWorld();
    await client(ECSClient).send(new CreateClusterCommand({ clusterName: 'shop' }));
    const roleArn = await role('worker', ['ecs:DescribeClusters', 'ssm:GetParameter']);
    await client(SSMClient).send(
      new PutParameterCommand({ Name: '/a', Value: 'b', Type: 'String' }),
    );
    const cluster = await run(
      sdk('ecs:describeClusters', {
        Parameters: { 'Clusters.$': 'States.Array($.name)' },
        ResultSelector: { 'name.$': '$.Clusters[0].ClusterName', 'failures.$': '$.Failures' },
      }),
      roleArn,
      { name: 'shop' },
    );
    expect(cluster).toMatchObject({ status: 'SUCCEEDED', output: { name: 'shop', failures: [] } });
    const parameter = await run(sdk('ssm:getParameter', { Parameters: { Name: '/a' } }), roleArn);
    expect(parameter.output).toMatchObject({
      Parameter: { Name: '/a', Value: 'b', LastModifiedDate: expect.stringMatching(iso) },
    });
  });

  // A service without words: as recorded of Parameter Store (cause of an execution in a public test).
  it('give the code of an error that has no message', async () => {
    const { role, run } = await serviceWorld();
    const roleArn = await role('worker', ['ssm:GetParameter']);
    const { error, cause } = await run(
      sdk('ssm:getParameter', { Parameters: { Name: '/gone' } }),
      roleArn,
    );
    expect(error).toBe('Ssm.ParameterNotFoundException');
    expect(cause).toMatch(
      /^Service returned error code ParameterNotFound \(Service: Ssm, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/,
    );
  });

  it('name errors by service, with the suffix Exception, and catch them', async () => {
    const { role, create, start, ended, history } = await serviceWorld();
    const roleArn = await role('worker', ['ecs:*', 'ssm:*', 's3:*']);
    const failing = sdk('ecs:describeServices', {
      Parameters: { Cluster: 'gone', Services: ['x'] },
    });
    const executionArn = await start(await create(failing, roleArn));
    const { status, error, cause } = await ended(executionArn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Ecs.ClusterNotFoundException' });
    expect(cause).toMatch(
      /^Cluster not found\. \(Service: Ecs, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/,
    );
    const events = await history(executionArn);
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
    ]);
    expect(events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'aws-sdk:ecs',
      resource: 'describeServices',
      region: 'eu-west-1',
      parameters: '{"Cluster":"gone","Services":["x"]}',
    });
    expect(events[4]?.taskFailedEventDetails).toEqual({
      resourceType: 'aws-sdk:ecs',
      resource: 'describeServices',
      error,
      cause,
    });

    const caught = await ended(
      await start(
        await create(
          {
            Call: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
              Parameters: { Bucket: 'no-such-bucket', Key: 'k' },
              Catch: [{ ErrorEquals: ['S3.NoSuchBucketException'], Next: 'Caught' }],
              End: true,
            },
            Caught: { Type: 'Pass', Result: 'caught', End: true },
          },
          roleArn,
        ),
      ),
    );
    expect(caught.output).toBe('caught');
  });

  it('refuse parameters that the operation does not have', async () => {
    const { role, run } = await serviceWorld();
    const roleArn = await role('worker', ['ecs:*']);
    const states = sdk('ecs:describeServices', { Parameters: { cluster: 'x', Services: [] } });
    expect(await run(states, roleArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining(
        `The Parameters '{"cluster":"x","Services":[]}' could not be used to start the Task: [The field "cluster" is not supported by Step Functions]`,
      ),
    });
  });

  it('call as the role of the machine, which must be allowed to', async () => {
    const { role, run } = await serviceWorld();
    const roleArn = await role('idle', ['s3:ListBucket']);
    const { error, cause } = await run(sdk('ecs:listClusters', {}), roleArn);
    expect(error).toBe('Ecs.AccessDeniedException');
    expect(cause).toContain('assumed-role/idle/');
    expect(cause).toContain('is not authorized to perform: ecs:ListClusters');
  });
});

describe('the role of a machine', () => {
  it('must be allowed to invoke the functions that it calls', async () => {
    const { role, run } = await serviceWorld();
    const roleArn = await role('idle', ['s3:ListBucket']);
    const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:work';
    for (const fields of [
      { Resource: functionArn },
      { Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'work' } },
    ]) {
      const { error, cause } = await run({ Call: { Type: 'Task', End: true, ...fields } }, roleArn);
      expect(error).toBe('Lambda.AWSLambdaException');
      expect(cause).toContain(
        `is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}`,
      );
    }
  });

  it('must trust Step Functions', async () => {
    const { create } = await serviceWorld();
    const states = { Done: { Type: 'Succeed' } };
    await expect(create(states, 'arn:aws:iam::123456789012:role/nobody')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    });
  });

  // Developer guide, "Prevent cross-service confused deputy issue"; the CDK writes such roles.
  it('may be trusted for machines of this account alone', async () => {
    const { client, simulator, role, run } = await serviceWorld();
    const sqs = client(SQSClient);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const roleArn = await role('deputy', ['sqs:SendMessage'], {
      ArnLike: { 'aws:SourceArn': 'arn:aws:states:eu-west-1:123456789012:stateMachine:*' },
      StringEquals: { 'aws:SourceAccount': simulator.world.identity.accountId },
    });
    const states = optimized('sqs:sendMessage', { Parameters: { QueueUrl, MessageBody: 'x' } });
    expect(await run(states, roleArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('that is trusted for another machine is refused', async () => {
    const { role, create } = await serviceWorld();
    const roleArn = await role('deputy', ['sqs:SendMessage'], {
      ArnEquals: { 'aws:SourceArn': 'arn:aws:states:eu-west-1:123456789012:stateMachine:other' },
    });
    await expect(create({ Done: { Type: 'Succeed' } }, roleArn)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('optimized integrations', () => {
  it('sqs:sendMessage sends JSON as text and answers with metadata', async () => {
    const { client, role, run } = await serviceWorld();
    const sqs = client(SQSClient);
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const roleArn = await role('worker', ['sqs:SendMessage']);
    const states = optimized('sqs:sendMessage', {
      Parameters: { QueueUrl, MessageBody: { 'n.$': '$.n' } },
    });
    const { output } = await run(states, roleArn, { n: 1 });
    expect(output).toEqual({
      MD5OfMessageBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
      SdkResponseMetadata: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(output.SdkHttpMetadata.HttpHeaders).toMatchObject({
      'Content-Type': 'application/x-amz-json-1.0',
      'x-amzn-RequestId': output.SdkResponseMetadata.RequestId,
    });
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['{"n":1}']);
  });

  it('sns:publish reaches the topic’s subscribers', async () => {
    const { client, role, run } = await serviceWorld();
    const [sqs, sns] = [client(SQSClient), client(SNSClient)];
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        },
      ],
    });
    const { QueueUrl = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'inbox', Attributes: { Policy } }),
    );
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: 'arn:aws:sqs:eu-west-1:123456789012:inbox',
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    const roleArn = await role('worker', ['sns:Publish']);
    const states = optimized('sns:publish', { Parameters: { TopicArn, Message: { hello: 1 } } });
    expect((await run(states, roleArn)).output).toMatchObject({
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual(['{"hello":1}']);
  });

  it('events:putEvents names machine and execution, and fails for a refused entry', async () => {
    const { simulator, role, create, start, ended, run } = await serviceWorld();
    const roleArn = await role('worker', ['events:PutEvents']);
    const entry = { Detail: { n: 1 }, DetailType: 'test', Source: 'some.source' };
    const states = optimized('events:putEvents', { Parameters: { Entries: [entry] } });
    const machineArn = await create(states, roleArn);
    const executionArn = await start(machineArn);
    expect((await ended(executionArn)).output).toEqual({
      Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
      FailedEntryCount: 0,
    });
    const published = simulator.world.journal.of('event.published');
    expect(published.find(({ source }) => source === 'some.source')).toMatchObject({
      detailType: 'test',
      detail: { n: 1 },
    });
    const malformed = optimized('events:putEvents', {
      Parameters: { Entries: [{ ...entry, Detail: '"text"' }] },
    });
    const failed = await run(malformed, roleArn);
    expect(failed.error).toBe('EventBridge.FailedEntry');
    expect(JSON.parse(failed.cause ?? '')).toMatchObject({
      Entries: [{ ErrorCode: 'MalformedDetail' }],
      FailedEntryCount: 1,
    });
  });
});
