import { ContinueUpdateRollbackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDemo, demoTemplate, type EngineFixture, engineFixture } from './engine-fixture.ts';

const StackName = 'Demo';
let aws: EngineFixture;
beforeEach(async () => {
  aws = await engineFixture();
});
afterEach(() => aws.stop());

it('TimeoutInMinutes ends a creation that takes longer, and rolls it back', async () => {
  const slow = demoTemplate({ Name: 'net-1' }, { SlowMinutes: 10 });
  expect(await createDemo(aws, slow, { TimeoutInMinutes: 2 })).toBe('ROLLBACK_COMPLETE');
  const events = await aws.events(StackName);
  expect(events).toContain(
    'User CREATE_FAILED: Stack creation time exceeded the specified timeout',
  );
  expect(aws.log).toContain('delete net-1');
});

it('TimeoutInMinutes leaves a creation alone that is done in time', async () => {
  const quick = demoTemplate({ Name: 'net-1' }, { SlowMinutes: 1 });
  expect(await createDemo(aws, quick, { TimeoutInMinutes: 2 })).toBe('CREATE_COMPLETE');
});

it('ContinueUpdateRollback goes on where a rollback failed, past what it shall skip', async () => {
  await createDemo(aws, demoTemplate({ Name: 'net-1' }));
  const TemplateBody = demoTemplate({ Name: 'net-1', OneWay: 'no way back' }, { Fail: 'refused' });
  await aws.client.send(new UpdateStackCommand({ StackName, TemplateBody }));
  expect(await aws.settled(StackName)).toBe('UPDATE_ROLLBACK_FAILED');
  const goOn = async (ResourcesToSkip: string[]) => {
    await aws.client.send(new ContinueUpdateRollbackCommand({ StackName, ResourcesToSkip }));
    return aws.settled(StackName);
  };
  expect(await goOn([])).toBe('UPDATE_ROLLBACK_FAILED');
  expect(await goOn(['Net'])).toBe('UPDATE_ROLLBACK_COMPLETE');
  await expect(goOn([])).rejects.toMatchObject({ name: 'ValidationError' });
});
