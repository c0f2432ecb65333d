import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type OnFailure,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDemo,
  type EngineFixture,
  engineFixture,
  demoTemplate as template,
} from './engine-fixture.ts';

let aws: EngineFixture;
beforeEach(async () => {
  aws = await engineFixture();
});
afterEach(() => aws.stop());

const StackName = 'Demo';

const create = (TemplateBody?: string, more?: object) => createDemo(aws, TemplateBody, more);

describe('CreateStack', () => {
  it('answers at once and is done when the virtual time of each resource has passed', async () => {
    const startMs = aws.world.clock.now();
    await aws.client.send(new CreateStackCommand({ StackName, TemplateBody: template() }));
    await waitUntilStackCreateComplete(
      { client: aws.client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      { StackName },
    );
    expect(aws.world.clock.now() - startMs).toBeGreaterThanOrEqual(2_000);
    expect(await aws.events(StackName)).toEqual([
      'Demo CREATE_IN_PROGRESS: User Initiated',
      'Net CREATE_IN_PROGRESS',
      'Net CREATE_IN_PROGRESS: Resource creation Initiated',
      'Net CREATE_COMPLETE',
      'User CREATE_IN_PROGRESS',
      'User CREATE_IN_PROGRESS: Resource creation Initiated',
      'User CREATE_COMPLETE',
      'Demo CREATE_COMPLETE',
    ]);
  });

  it.each<[OnFailure, string, string[]]>([
    ['ROLLBACK', 'ROLLBACK_COMPLETE', ['create Net', 'delete net-1']],
    ['DELETE', 'DELETE_COMPLETE', ['create Net', 'delete net-1']],
    ['DO_NOTHING', 'CREATE_FAILED', ['create Net']],
  ])('after a failure with %s it is %s', async (OnFailure, status, log) => {
    const TemplateBody = template({ Name: 'net-1' }, { Fail: 'no room left' });
    const { StackId } = await aws.client.send(
      new CreateStackCommand({ StackName, TemplateBody, OnFailure }),
    );
    expect(await aws.settled(StackId ?? '')).toBe(status);
    expect(aws.log).toEqual(log);
    const events = await aws.events(StackId ?? '');
    expect(events).toContain('User CREATE_FAILED: no room left');
  });

  it('says in its events why it rolls back', async () => {
    await create(template({}, { Fail: 'no' }));
    expect(await aws.events(StackName)).toContain(
      'Demo ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [User]. Rollback requested by user.',
    );
  });

  it('reads YAML with short forms, parameters with previous values and those of Systems Manager', async () => {
    const TemplateBody = `
Parameters:
  Size: { Type: AWS::SSM::Parameter::Value<Number>, Default: /size }
  Suffix: { Type: String, NoEcho: true }
Conditions:
  Big: !Not [!Equals [!Ref Size, "1"]]
Resources:
  Net:
    Type: Test::Thing
    Properties:
      Name: !Sub "net-\${Suffix}"
      Size: !If [Big, !Ref Size, 1]
Outputs:
  Port: { Value: !GetAtt Net.Endpoint.Port }
`;
    const given = { ParameterKey: 'Suffix', ParameterValue: 'a' };
    expect(await create(TemplateBody, { Parameters: [given] })).toBe('CREATE_COMPLETE');
    expect(aws.made.map(({ properties }) => properties)).toEqual([{ Name: 'net-a', Size: 7 }]);
    const { Stacks } = await aws.client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]).toMatchObject({
      Parameters: [
        { ParameterKey: 'Size', ParameterValue: '/size', ResolvedValue: '7' },
        { ParameterKey: 'Suffix', ParameterValue: '****' },
      ],
      Outputs: [{ OutputKey: 'Port', OutputValue: '8080' }],
    });
    const previous = { ParameterKey: 'Suffix', UsePreviousValue: true };
    await expect(
      aws.client.send(
        new UpdateStackCommand({
          StackName,
          UsePreviousTemplate: true,
          Parameters: [previous],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
  });

  it.each([
    [{ StackName: '1x' }, /^1 validation error detected: Value '1x' at 'stackName'/],
    [{ TemplateBody: '{}' }, /^Template format error: At least one Resources member/],
    [
      { TemplateBody: '{"Resources":{"A":{"Type":"Test::Thing","DependsOn":"B"}}}' },
      /^Template format error: Unresolved resource dependencies \[B\] in the Resources block/,
    ],
    [
      {
        TemplateBody:
          '{"Resources":{"A":{"Type":"Test::Thing","DependsOn":"B"},"B":{"Type":"Test::Thing","DependsOn":"A"}}}',
      },
      /^Circular dependency between resources: \[A, B\]$/,
    ],
    [
      { Parameters: [{ ParameterKey: 'No', ParameterValue: 'x' }] },
      /^Parameters: \[No\] do not exist in the template$/,
    ],
  ])('refuses %j with ValidationError', async (wrong, message) => {
    const input = { StackName, TemplateBody: template(), ...wrong };
    await expect(aws.client.send(new CreateStackCommand(input))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });

  it('refuses what is not modelled by name', async () => {
    const TemplateBody = '{"Resources":{"A":{"Type":"AWS::No::Type"}}}';
    await expect(
      aws.client.send(new CreateStackCommand({ StackName, TemplateBody })),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('A (AWS::No::Type): resource type is not modelled'),
    });
  });

  it('refuses a name that is taken, and takes it again once the stack is deleted', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [Demo] already exists',
    });
    await aws.client.send(new DeleteStackCommand({ StackName }));
    await aws.settled(StackName);
    expect(await create()).toBe('CREATE_COMPLETE');
  });
});
