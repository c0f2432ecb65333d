import {
  CreateStackCommand,
  RollbackStackCommand,
  UpdateStackCommand,
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
const left = { DisableRollback: true };

async function update(TemplateBody: string, more: object = {}) {
  await aws.client.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }));
  return aws.settled(StackName);
}

async function rollBack(more: object = {}) {
  await aws.client.send(new RollbackStackCommand({ StackName, ...more }));
  return aws.settled(StackName);
}

const withThing = (net: object, policy: string) => {
  const { Resources } = JSON.parse(template(net, { Fail: 'refused' }));
  const New = { Type: 'Test::Thing', DeletionPolicy: policy, Properties: { Name: 'new' } };
  Resources.User.DependsOn = 'New';
  return JSON.stringify({ Resources: { ...Resources, New } });
};

// API reference, RollbackStack.
describe('RollbackStack', () => {
  it('goes back to before an update that was left as it failed', async () => {
    await createDemo(aws, template({ Name: 'net-1', Size: 1 }));
    const failing = template({ Name: 'net-2', Size: 1 }, { Fail: 'refused' });
    expect(await update(failing, left)).toBe('UPDATE_FAILED');
    expect(await rollBack()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.log.at(-1)).toBe('delete net-2');
    expect(await update(template({ Name: 'net-1', Size: 4 }))).toBe('UPDATE_COMPLETE');
    expect(aws.log.at(-1)).toBe('update Net net-1');
  });

  it('goes back over several of them to the last that was complete', async () => {
    await createDemo(aws, template({ Name: 'net-1' }));
    for (const Name of ['net-2', 'net-3']) {
      expect(await update(template({ Name }, { Fail: 'refused' }), left)).toBe('UPDATE_FAILED');
    }
    expect(await rollBack()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.log.filter((line) => line.startsWith('delete')).sort()).toEqual([
      'delete net-2',
      'delete net-3',
    ]);
  });

  it('is what a failed update without DisableRollback does as well', async () => {
    await createDemo(aws, template({ Name: 'net-1' }));
    await update(template({ Name: 'net-2' }, { Fail: 'refused' }), left);
    const again = template({ Name: 'net-2', Size: 2 }, { Fail: 'still' });
    expect(await update(again)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.log.at(-1)).toBe('delete net-2');
  });

  it('leaves nothing replaced behind when such an update succeeds in the end', async () => {
    await createDemo(aws, template({ Name: 'net-1' }));
    await update(template({ Name: 'net-2' }, { Fail: 'refused' }), left);
    expect(await update(template({ Name: 'net-3' }))).toBe('UPDATE_COMPLETE');
    expect(aws.log.filter((line) => line.startsWith('delete')).sort()).toEqual([
      'delete net-1',
      'delete net-2',
    ]);
  });

  it('deletes what a failed creation made', async () => {
    const TemplateBody = template({ Name: 'net-1' }, { Fail: 'refused' });
    await aws.client.send(new CreateStackCommand({ StackName, TemplateBody, ...left }));
    expect(await aws.settled(StackName)).toBe('CREATE_FAILED');
    expect(await rollBack()).toBe('ROLLBACK_COMPLETE');
    expect(aws.log.at(-1)).toBe('delete net-1');
  });

  it.each([
    ['Retain', {}, 'New DELETE_SKIPPED'],
    ['Retain', { RetainExceptOnCreate: true }, 'New DELETE_COMPLETE'],
    ['RetainExceptOnCreate', {}, 'New DELETE_COMPLETE'],
  ])('deals with a new resource of policy %s and %o', async (policy, options, event) => {
    await createDemo(aws, template({ Name: 'net-1' }));
    expect(await update(withThing({ Name: 'net-1' }, policy), left)).toBe('UPDATE_FAILED');
    expect(await rollBack(options)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await aws.events(StackName)).toContain(event);
  });

  it.each([
    ['Retain', {}, 'New DELETE_SKIPPED'],
    ['Retain', { RetainExceptOnCreate: true }, 'New DELETE_COMPLETE'],
  ])('deals so with one of policy %s of a creation, %o', async (policy, options, event) => {
    await createDemo(aws, withThing({}, policy), left);
    expect(await rollBack(options)).toBe('ROLLBACK_COMPLETE');
    expect(await aws.events(StackName)).toContain(event);
  });

  it('is refused for a stack that is well', async () => {
    await createDemo(aws);
    await expect(rollBack()).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
