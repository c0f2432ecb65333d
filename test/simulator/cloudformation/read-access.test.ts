import {
  CreateStackCommand,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../lambda/zip-fixture.ts';
import {
  account,
  allow,
  type Deployer,
  deployerFixture,
  failure,
  type Statement,
} from './deployer.ts';
import { of, type } from './scenario-parts.ts';

let aws: Deployer;
let stacks = 0;
const TemplateURL = 'https://s3.us-east-1.amazonaws.com/sources/stack.json';
const read = (key: string, more: object = {}): Statement =>
  allow('s3:GetObject', { Resource: `arn:aws:s3:::sources/${key}`, ...more });

beforeAll(async () => {
  aws = await deployerFixture();
  const { models, world } = aws.simulator;
  models.s3.createBucket('sources', { versioned: false });
  const template = { Resources: { Queue: type('AWS::SQS::Queue') } };
  const put = (key: string, body: Uint8Array) => world.services.s3.putObject('sources', key, body);
  put('stack.json', Buffer.from(JSON.stringify(template)));
  put('code.zip', zipOf([{ name: 'index.js', content: 'exports.handler = async () => 1' }]));
  const states = { A: { Type: 'Pass', End: true } };
  put('flow.json', Buffer.from(JSON.stringify({ StartAt: 'A', States: states })));
});
afterAll(() => aws.stop());

describe('a template in S3', () => {
  const anywhere = allow(['cloudformation:ValidateTemplate', 'cloudformation:GetTemplateSummary']);
  const requests = (StackName: string) => [
    () => aws.ann.send(new ValidateTemplateCommand({ TemplateURL })),
    () => aws.ann.send(new GetTemplateSummaryCommand({ TemplateURL })),
    () => aws.ann.send(new CreateStackCommand({ StackName, TemplateURL })),
  ];

  it('is read as the caller, who is told of S3 when that is denied', async () => {
    const name = `stack${++stacks}`;
    await aws.permit(name, allow('sqs:*'), anywhere);
    for (const request of requests(name)) {
      await expect(request()).rejects.toMatchObject({
        name: 'ValidationError',
        message: expect.stringContaining('S3 error: Access Denied'),
      });
    }
    await aws.permit(name, allow('sqs:*'), anywhere, read('stack.json'));
    for (const request of requests(name)) await request();
    expect((await aws.settled(name)).status).toBe('CREATE_COMPLETE');
  });

  it('is read through CloudFormation, which conditions can ask for', async () => {
    const name = `stack${++stacks}`;
    const via = (service: string) => ({
      Condition: { StringEquals: { 'aws:CalledViaFirst': service } },
    });
    const [, , create] = requests(name);
    await aws.permit(name, allow('sqs:*'), read('stack.json', via('athena.amazonaws.com')));
    await expect(create?.()).rejects.toThrow('S3 error: Access Denied');
    await aws.permit(name, allow('sqs:*'), read('stack.json', via('cloudformation.amazonaws.com')));
    await create?.();
    expect((await aws.settled(name)).status).toBe('CREATE_COMPLETE');
  });
});

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const role = (service: string) =>
  type('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(service) });
const Code = { S3Bucket: 'sources', S3Key: 'code.zip' };

describe('what a stack reads of S3', () => {
  it.each([
    [
      'code of a function',
      {
        Role: role('lambda.amazonaws.com'),
        Function: type('AWS::Lambda::Function', {
          Code,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: of('Role', 'Arn'),
        }),
      },
      'code.zip',
      'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for sources/code.zip.',
    ],
    [
      'content of a layer',
      { Layer: type('AWS::Lambda::LayerVersion', { Content: Code }) },
      'code.zip',
      'Your access has been denied by S3',
    ],
    [
      'definition of a state machine',
      {
        Role: role('states.amazonaws.com'),
        Flow: type('AWS::StepFunctions::StateMachine', {
          DefinitionS3Location: { Bucket: 'sources', Key: 'flow.json' },
          RoleArn: of('Role', 'Arn'),
        }),
      },
      'flow.json',
      `User: arn:aws:iam::${account}:user/ann is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::sources/flow.json"`,
    ],
  ])('%s needs s3:GetObject on it', async (_name, resources, key, reason) => {
    const name = `stack${++stacks}`;
    const making = allow(['iam:*', 'lambda:*', 'states:*']);
    await aws.permit(name, making);
    const denied = await aws.create(name, resources);
    expect(failure(denied)).toContain(reason);
    expect(denied.status).toBe('ROLLBACK_COMPLETE');

    const again = `stack${++stacks}`;
    await aws.permit(again, making, read(key));
    const made = await aws.create(again, resources);
    expect([made.status, failure(made)]).toEqual(['CREATE_COMPLETE', undefined]);
  });
});
