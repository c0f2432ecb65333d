import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const StackName = 'shop';
const url = (key: string) => `https://templates.s3.us-east-1.amazonaws.com/${key}`;

let simulator: Simulator;
let client: CloudFormationClient;
beforeEach(async () => {
  simulator = await createSimulator({ seed: 5 });
  simulator.models.s3.createBucket('templates', { versioned: false });
  client = new CloudFormationClient(clientOptions(simulator));
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

/** A stack with one parameter of Systems Manager, whose value is a parameter of the stack. */
function publish(key: string, more: object = {}): void {
  const template = {
    Parameters: { Greeting: { Type: 'String' }, Zones: { Type: 'CommaDelimitedList' } },
    Resources: {
      Text: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: '/greeting', Value: { Ref: 'Greeting' } },
      },
      ...more,
    },
    Outputs: {
      Name: { Value: { Ref: 'Text' } },
      LastZone: { Value: { 'Fn::Select': [1, { Ref: 'Zones' }] } },
    },
  };
  simulator.world.services.s3.putObject('templates', key, Buffer.from(JSON.stringify(template)));
}

const parent = (Greeting: string, key = 'child.json', more: object = {}) =>
  JSON.stringify({
    Resources: {
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: url(key), Parameters: { Greeting, Zones: ['a', 'b'] } },
      },
      ...more,
    },
    Outputs: {
      Name: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Name'] } },
      LastZone: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.LastZone'] } },
    },
  });

async function create(TemplateBody: string, more: object = {}): Promise<void> {
  await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  await stack()?.running;
}

async function update(TemplateBody: string): Promise<void> {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
  await stack()?.running;
}

const stack = (name = StackName) => simulator.models.cloudformation.find(name);
const child = () => stack(stack()?.resources.get('Child')?.physicalId ?? '');
const greeting = () => simulator.world.services.ssm.parameterValue('/greeting');
const reason = (logicalId: string, status: string) =>
  stack()?.events.find((event) => event.logicalId === logicalId && event.status === status)?.reason;

it('a stack within a stack is created, updated and deleted with it', async () => {
  publish('child.json');
  await create(parent('hello'), { Tags: [{ Key: 'team', Value: 'web' }] });
  expect([stack()?.status, greeting()]).toEqual(['CREATE_COMPLETE', 'hello']);
  expect(stack()?.outputs.map(({ value }) => value)).toEqual(['/greeting', 'b']);
  const nested = child();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: nested?.stackId }));
  const { stackId } = stack() ?? {};
  expect(Stacks?.[0]).toMatchObject({
    StackName: expect.stringMatching(/^shop-Child-[A-Z0-9]+$/),
    StackStatus: 'CREATE_COMPLETE',
    ParentId: stackId,
    RootId: stackId,
    Tags: [{ Key: 'team', Value: 'web' }],
  });

  await update(parent('good day'));
  expect([stack()?.status, nested?.status]).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
  expect(greeting()).toBe('good day');

  await client.send(new DeleteStackCommand({ StackName }));
  await stack(stackId)?.running;
  expect([stack(stackId)?.status, nested?.status]).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
  expect(greeting()).toBeUndefined();
});

// API reference, ResourceChangeDetail: a nested stack is always a change, of source Automatic.
it('a template that changed behind the same address is found', async () => {
  publish('child.json');
  await create(parent('hello'));
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };
  publish('child.json', { Queue });
  await client.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName: 'again',
      TemplateBody: parent('hello'),
    }),
  );
  const { Changes } = await client.send(
    new DescribeChangeSetCommand({ StackName, ChangeSetName: 'again' }),
  );
  expect(Changes?.map(({ ResourceChange }) => ResourceChange)).toEqual([
    expect.objectContaining({
      Action: 'Modify',
      LogicalResourceId: 'Child',
      Replacement: 'False',
      Details: [expect.objectContaining({ ChangeSource: 'Automatic' })],
    }),
  ]);
  await update(parent('hello'));
  expect([...(child()?.resources.keys() ?? [])]).toEqual(['Text', 'Queue']);
});

it('what fails within is told outside, and nothing of it remains', async () => {
  // A second parameter of the same name cannot be created.
  const Twin = {
    Type: 'AWS::SSM::Parameter',
    DependsOn: 'Text',
    Properties: { Type: 'String', Name: '/greeting', Value: 'twin' },
  };
  publish('child.json', { Twin });
  await create(parent('hello'));
  expect(reason('Child', 'CREATE_FAILED')).toMatch(
    /^Embedded stack arn:aws:cloudformation:\S+ was not successfully created: The following resource\(s\) failed to create: \[Twin\]\.$/,
  );
  expect([stack()?.status, child()?.status]).toEqual(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);
  expect(greeting()).toBeUndefined();
});

it('a failed update within is rolled back on both levels', async () => {
  publish('child.json');
  await create(parent('hello'));
  const Twin = {
    Type: 'AWS::SSM::Parameter',
    DependsOn: 'Text',
    Properties: { Type: 'String', Name: '/greeting', Value: 'twin' },
  };
  publish('twin.json', { Twin });
  await update(parent('good day', 'twin.json'));
  expect(reason('Child', 'UPDATE_FAILED')).toMatch(
    /was not successfully updated\. Currently in UPDATE_ROLLBACK_COMPLETE with reason: The following resource\(s\) failed to create: \[Twin\]\. $/,
  );
  expect([stack()?.status, greeting()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'hello']);
});

it('a failure beside it takes its update back', async () => {
  publish('child.json');
  await create(parent('hello'));
  const Twin = {
    Type: 'AWS::SSM::Parameter',
    DependsOn: 'Child',
    Properties: { Type: 'String', Name: '/greeting', Value: 'twin' },
  };
  await update(parent('good day', 'child.json', { Twin }));
  expect([stack()?.status, greeting()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'hello']);
});

it('a template that is not there fails the resource', async () => {
  await create(parent('hello'));
  expect([stack()?.status, reason('Child', 'CREATE_FAILED')]).toEqual([
    'ROLLBACK_COMPLETE',
    expect.stringContaining('S3 error: The specified key does not exist.'),
  ]);
});
