import {
  DeleteAccountSettingCommand,
  ExecuteCommandCommand,
  ListAccountSettingsCommand,
  ListAttributesCommand,
  PutAccountSettingCommand,
  PutAccountSettingDefaultCommand,
  PutAttributesCommand,
  RegisterContainerInstanceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start();
});
afterEach(() => ecs.stop());

const root = 'arn:aws:iam::111122223333:root';
const listed = async (more: object = {}) =>
  (await ecs.client.send(new ListAccountSettingsCommand(more))).settings;

describe('account settings', () => {
  it('are those of the account until a principal has its own', async () => {
    expect(await listed()).toEqual([]);
    await ecs.client.send(
      new PutAccountSettingDefaultCommand({ name: 'containerInsights', value: 'enhanced' }),
    );
    const principalArn = 'arn:aws:iam::111122223333:user/kim';
    const effective = { effectiveSettings: true, name: 'containerInsights' as const, principalArn };
    expect((await listed(effective))?.[0]?.value).toBe('enhanced');
    const { setting } = await ecs.client.send(
      new PutAccountSettingCommand({ name: 'containerInsights', value: 'disabled', principalArn }),
    );
    expect(setting).toEqual({
      name: 'containerInsights',
      value: 'disabled',
      principalArn,
      type: 'user',
    });
    expect((await listed(effective))?.[0]?.value).toBe('disabled');
    await ecs.client.send(
      new DeleteAccountSettingCommand({ name: 'containerInsights', principalArn }),
    );
    expect((await listed(effective))?.[0]?.value).toBe('enhanced');
    expect(await listed()).toEqual([
      { name: 'containerInsights', value: 'enhanced', principalArn: root, type: 'user' },
    ]);
  });

  it('take their own values only', async () => {
    await expect(
      ecs.client.send(
        new PutAccountSettingCommand({ name: 'taskLongArnFormat', value: 'disabled' }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "Invalid value 'disabled' for account setting taskLongArnFormat. Valid values: enabled.",
    });
  });
});

describe('attributes', () => {
  it('are those of container instances', async () => {
    const { containerInstance } = await ecs.client.send(
      new RegisterContainerInstanceCommand({ cluster: 'sample' }),
    );
    const targetId = containerInstance?.containerInstanceArn ?? '';
    const stack = { name: 'stack', value: 'production', targetId };
    await ecs.client.send(new PutAttributesCommand({ cluster: 'sample', attributes: [stack] }));
    const { attributes } = await ecs.client.send(
      new ListAttributesCommand({
        cluster: 'sample',
        targetType: 'container-instance',
        attributeName: 'stack',
      }),
    );
    expect(attributes).toEqual([stack]);
    await expect(
      ecs.client.send(
        new PutAttributesCommand({ cluster: 'sample', attributes: [{ ...stack, targetId: 'no' }] }),
      ),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });
});

describe('ECS Exec', () => {
  it('is refused by name', async () => {
    const command = { cluster: 'sample', task: 'a', command: 'sh', interactive: true };
    await expect(ecs.client.send(new ExecuteCommandCommand(command))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('ExecuteCommand'),
    });
  });
});
