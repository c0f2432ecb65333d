import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListChangeSetsCommand,
  ValidateTemplateCommand,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineFixture, engineFixture } from './engine-fixture.ts';

let aws: EngineFixture;
beforeEach(async () => {
  aws = await engineFixture();
});
afterEach(() => aws.stop());

const StackName = 'Demo';
const ChangeSetName = 'first';

function template(size: number, name = 'net-1', more: object = {}): string {
  return JSON.stringify({
    Parameters: { Size: { Type: 'Number', Default: size } },
    Resources: {
      Net: { Type: 'Test::Thing', Properties: { Name: name, Size: { Ref: 'Size' } } },
      User: { Type: 'Test::Other', Properties: { Uses: [{ Ref: 'Net' }] } },
      ...more,
    },
  });
}

async function changeSet(input: Partial<CreateChangeSetCommandInput>) {
  const { Id } = await aws.client.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName, ...input }),
  );
  return aws.client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
}

describe('change sets', () => {
  it('create a stack as `aws cloudformation deploy` and `cdk deploy` do', async () => {
    const { Changes, Status } = await changeSet({
      ChangeSetType: 'CREATE',
      TemplateBody: template(1),
    });
    await waitUntilChangeSetCreateComplete(
      { client: aws.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
      { StackName, ChangeSetName },
    );
    expect(Status).toBe('CREATE_COMPLETE');
    expect(Changes?.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
      { Action: 'Add', LogicalResourceId: 'Net', ResourceType: 'Test::Thing' },
      { Action: 'Add', LogicalResourceId: 'User', ResourceType: 'Test::Other' },
    ]);
    const { Stacks } = await aws.client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]?.StackStatus).toBe('REVIEW_IN_PROGRESS');
    const reviewed = await aws.client.send(new GetTemplateCommand({ StackName }));
    expect(reviewed.TemplateBody).toBe('');
    await aws.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    expect(await aws.settled(StackName)).toBe('CREATE_COMPLETE');
    expect(aws.log).toEqual(['create Net', 'create User']);
  });

  it('tell changes by property, replacement, and what hangs on it', async () => {
    await aws.client.send(new CreateStackCommand({ StackName, TemplateBody: template(1) }));
    await aws.settled(StackName);
    const Gone = { Type: 'Test::Thing' };
    const added = await changeSet({ TemplateBody: template(2, 'net-2', { Gone }) });
    expect(added.Changes?.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
      {
        Action: 'Modify',
        LogicalResourceId: 'Net',
        PhysicalResourceId: 'net-1',
        Replacement: 'True',
        Scope: ['Properties'],
        Details: [
          {
            Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' },
            Evaluation: 'Static',
            ChangeSource: 'DirectModification',
          },
          {
            Target: { Attribute: 'Properties', Name: 'Size', RequiresRecreation: 'Never' },
            ChangeSource: 'ParameterReference',
            CausingEntity: 'Size',
          },
        ],
      },
      {
        Action: 'Modify',
        LogicalResourceId: 'User',
        Replacement: 'False',
        Details: [
          { Evaluation: 'Dynamic', ChangeSource: 'ResourceReference', CausingEntity: 'Net' },
        ],
      },
      { Action: 'Add', LogicalResourceId: 'Gone' },
    ]);
  });

  it('fail without changes, with the text that clients look for', async () => {
    await aws.client.send(new CreateStackCommand({ StackName, TemplateBody: template(1) }));
    await aws.settled(StackName);
    const described = await changeSet({ TemplateBody: template(1) });
    expect(described).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
      ExecutionStatus: 'UNAVAILABLE',
    });
    await expect(
      aws.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName })),
    ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
    const { Summaries } = await aws.client.send(new ListChangeSetsCommand({ StackName }));
    expect(Summaries).toMatchObject([{ ChangeSetName, Status: 'FAILED' }]);
    await aws.client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
    await expect(
      aws.client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName })),
    ).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [first] does not exist',
    });
  });

  it('keep a name until they are executed', async () => {
    await changeSet({ ChangeSetType: 'CREATE', TemplateBody: template(1) });
    await expect(
      changeSet({ ChangeSetType: 'CREATE', TemplateBody: template(1) }),
    ).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await aws.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    await aws.world.clock.sleep(60_000);
    expect(await changeSet({ TemplateBody: template(2) })).toMatchObject({
      ChangeSetName,
      Status: 'CREATE_COMPLETE',
    });
  });

  it('do not update a stack that is not there, nor create one that is', async () => {
    await expect(changeSet({ TemplateBody: template(1) })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack [Demo] does not exist',
    });
    await aws.client.send(new CreateStackCommand({ StackName, TemplateBody: template(1) }));
    await expect(changeSet({ TemplateBody: template(1), ChangeSetType: 'CREATE' })).rejects.toThrow(
      'already exists and cannot be created again with the changeSet [first].',
    );
  });
});

describe('templates', () => {
  const named = JSON.stringify({
    Description: 'roles',
    Parameters: { Stage: { Type: 'String', Default: 'test', Description: 'of what' } },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'deployer' } } },
  });

  it('are validated and summarized with the capabilities they need', async () => {
    const validated = await aws.client.send(new ValidateTemplateCommand({ TemplateBody: named }));
    expect(validated).toMatchObject({
      Description: 'roles',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
      Parameters: [{ ParameterKey: 'Stage', DefaultValue: 'test', NoEcho: false }],
    });
    const summary = await aws.client.send(new GetTemplateSummaryCommand({ TemplateBody: named }));
    expect(summary.ResourceTypes).toEqual(['AWS::IAM::Role']);
    expect(summary.Parameters).toMatchObject([{ ParameterType: 'String' }]);
    await expect(
      aws.client.send(new ValidateTemplateCommand({ TemplateBody: 'a: [' })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/^Template format error: YAML not well-formed\. \(line/),
    });
  });
});
