import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
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

async function update(TemplateBody: string, more: object = {}) {
  await aws.client.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }));
  return aws.settled(StackName);
}

describe('UpdateStack', () => {
  it('updates in place what it can, in the order of dependencies', async () => {
    await create(template({ Name: 'net-1' }));
    expect(await update(template({ Name: 'net-1', Size: 2 }, { Size: 3 }))).toBe('UPDATE_COMPLETE');
    expect(aws.log.slice(2)).toEqual([
      'update Net net-1',
      expect.stringMatching(/^update User Demo-User-/),
    ]);
  });

  it('creates a replacement first, changes who uses it, and deletes the old one in the end', async () => {
    await create(template({ Name: 'net-1' }));
    expect(await update(template({ Name: 'net-2' }))).toBe('UPDATE_COMPLETE');
    expect(aws.log.slice(2)).toEqual([
      'create Net',
      expect.stringMatching(/^update User /),
      'delete net-1',
    ]);
    expect((await aws.events(StackName)).slice(8)).toEqual([
      'Demo UPDATE_IN_PROGRESS: User Initiated',
      'Net UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.',
      'Net UPDATE_IN_PROGRESS: Resource creation Initiated',
      'Net UPDATE_COMPLETE',
      'User UPDATE_IN_PROGRESS',
      'User UPDATE_COMPLETE',
      'Demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Net DELETE_IN_PROGRESS',
      'Net DELETE_COMPLETE',
      'Demo UPDATE_COMPLETE',
    ]);
  });

  it('rolls a failed update back: old properties and physical ids return, new resources go', async () => {
    await create(template({ Name: 'net-1', Size: 1 }));
    const failing = template({ Name: 'net-2', Size: 1 }, { Fail: 'refused' });
    expect(await update(failing)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.log.slice(2)).toEqual([
      'create Net',
      expect.stringMatching(/^update User /),
      'delete net-2',
    ]);
    const events = await aws.events(StackName);
    expect(events).toContain('User UPDATE_FAILED: refused');
    expect(events).toContain(
      'Demo UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [User]. ',
    );
    expect(await update(template({ Name: 'net-1', Size: 4 }))).toBe('UPDATE_COMPLETE');
    expect(aws.log.at(-1)).toBe('update Net net-1');
  });

  it('stays where it failed when rollback is disabled, and can be updated from there', async () => {
    await create(template({ Name: 'net-1' }));
    const failing = template({ Name: 'net-1', Size: 2 }, { Fail: 'refused' });
    expect(await update(failing, { DisableRollback: true })).toBe('UPDATE_FAILED');
    expect(await update(template({ Name: 'net-1', Size: 3 }))).toBe('UPDATE_COMPLETE');
  });

  it('deletes what the template no longer has, but leaves what it says to retain', async () => {
    const three = (names: string[]) =>
      JSON.stringify({
        Resources: Object.fromEntries(
          names.map((name) => [
            name,
            {
              Type: 'Test::Thing',
              DeletionPolicy: name === 'Kept' ? 'Retain' : 'Delete',
              Properties: { Name: name.toLowerCase() },
            },
          ]),
        ),
      });
    await create(three(['One', 'Gone', 'Kept']));
    expect(await update(three(['One']))).toBe('UPDATE_COMPLETE');
    expect(aws.log.slice(3)).toEqual(['delete gone']);
    expect(await aws.events(StackName)).toContain('Kept DELETE_SKIPPED');
  });

  it('refuses a change of type, a custom name that must be replaced, and states that allow none', async () => {
    await create(template({ Name: 'net-1' }));
    const other = template({ Name: 'net-1' }).replace('Test::Thing', 'Test::Other');
    await expect(update(other)).rejects.toThrow(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Net]',
    );
    await aws.client.send(new DeleteStackCommand({ StackName }));
    await aws.settled(StackName);
    await expect(update(template())).rejects.toThrow('Stack [Demo] does not exist');
    await create(template({}, { Fail: 'no' }));
    await expect(update(template())).rejects.toThrow(
      /^Stack:arn:.* is in ROLLBACK_COMPLETE state and can not be updated\.$/,
    );
  });

  it('is cancelled on request and rolled back', async () => {
    await create(template({ Name: 'net-1' }));
    await aws.client.send(
      new UpdateStackCommand({ StackName, TemplateBody: template({ Name: 'net-2' }) }),
    );
    await aws.client.send(new CancelUpdateStackCommand({ StackName }));
    expect(await aws.settled(StackName)).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expect(aws.client.send(new CancelUpdateStackCommand({ StackName }))).rejects.toThrow(
      'CancelUpdateStack cannot be called from current stack status',
    );
    await expect(
      aws.client.send(new ContinueUpdateRollbackCommand({ StackName })),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('DeleteStack', () => {
  it('deletes in reverse order; the stack is then found by its id only', async () => {
    const { StackId } = await aws.client.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: template({ Name: 'net-1' }, { Name: 'u' }),
      }),
    );
    await aws.settled(StackName);
    await aws.client.send(new DeleteStackCommand({ StackName }));
    expect(await aws.settled(StackId ?? '')).toBe('DELETE_COMPLETE');
    expect(aws.log.slice(2)).toEqual(['delete u', 'delete net-1']);
    await expect(aws.client.send(new DescribeStacksCommand({ StackName }))).rejects.toThrow(
      'Stack with id Demo does not exist',
    );
    const byId = await aws.client.send(new DescribeStacksCommand({ StackName: StackId }));
    expect(byId.Stacks?.[0]).toMatchObject({
      StackStatus: 'DELETE_COMPLETE',
      DeletionTime: expect.any(Date),
    });
  });

  it('fails with the reason, leaves what the failed one needs, and retains it on demand', async () => {
    await create(template({ Name: 'net-1' }, { Name: 'u', Stuck: 'still in use' }));
    await aws.client.send(new DeleteStackCommand({ StackName }));
    expect(await aws.settled(StackName)).toBe('DELETE_FAILED');
    const { Stacks } = await aws.client.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]?.StackStatusReason).toBe(
      'The following resource(s) failed to delete: [User]. ',
    );
    expect(await aws.events(StackName)).toContain('User DELETE_FAILED: still in use');
    expect(aws.log.slice(2)).toEqual([]);
    await aws.client.send(new DeleteStackCommand({ StackName, RetainResources: ['User'] }));
    await aws.settled(StackName);
    expect(aws.log.slice(2)).toEqual(['delete net-1']);
  });

  it('is refused while the stack is protected; a stack that is not there deletes well', async () => {
    await create();
    const protect = (EnableTerminationProtection: boolean) =>
      aws.client.send(
        new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }),
      );
    await protect(true);
    await expect(aws.client.send(new DeleteStackCommand({ StackName }))).rejects.toThrow(
      'Stack [Demo] cannot be deleted while TerminationProtection is enabled',
    );
    await protect(false);
    await aws.client.send(new DeleteStackCommand({ StackName }));
    await aws.settled(StackName);
    const { $metadata } = await aws.client.send(new DeleteStackCommand({ StackName: 'Nobody' }));
    expect($metadata.httpStatusCode).toBe(200);
  });

  it('keeps an export that another stack imports', async () => {
    const producer = {
      Resources: { Net: { Type: 'Test::Thing', Properties: { Name: 'net-1' } } },
      Outputs: { Id: { Value: { Ref: 'Net' }, Export: { Name: 'shared' } } },
    };
    await create(JSON.stringify(producer));
    const consumer = {
      Resources: {
        User: { Type: 'Test::Thing', Properties: { Uses: [{ 'Fn::ImportValue': 'shared' }] } },
      },
    };
    await aws.client.send(
      new CreateStackCommand({ StackName: 'Consumer', TemplateBody: JSON.stringify(consumer) }),
    );
    expect(await aws.settled('Consumer')).toBe('CREATE_COMPLETE');
    const { Outputs: _none, ...without } = producer;
    expect(await update(JSON.stringify(without))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await aws.events(StackName)).toContain(
      'Demo UPDATE_ROLLBACK_IN_PROGRESS: Export shared cannot be deleted as it is in use by Consumer',
    );
    await aws.client.send(new DeleteStackCommand({ StackName }));
    expect(await aws.settled(StackName)).toBe('DELETE_FAILED');
  });
});
