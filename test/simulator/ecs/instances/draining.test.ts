import {
  DeregisterContainerInstanceCommand,
  ListContainerInstancesCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EcsWire } from '../ecs-wire.ts';
import { instanceRequests, startForInstances } from './instance-requests.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await startForInstances();
});
afterEach(() => ecs.stop());

const { onEc2, register, run } = instanceRequests(() => ecs);

describe('container instances', () => {
  it('drains and deregisters', async () => {
    const arn = await register();
    onEc2();
    const { tasks } = await run({});
    const gone = new DeregisterContainerInstanceCommand({
      cluster: 'sample',
      containerInstance: arn,
    });
    await expect(ecs.client.send(gone)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
    });
    await ecs.client.send(
      new UpdateContainerInstancesStateCommand({
        cluster: 'sample',
        containerInstances: [arn],
        status: 'DRAINING',
      }),
    );
    const list = (more: object) =>
      ecs.client.send(new ListContainerInstancesCommand({ cluster: 'sample', ...more }));
    expect((await list({ status: 'DRAINING' })).containerInstanceArns).toEqual([arn]);
    expect((await list({ status: 'ACTIVE' })).containerInstanceArns).toEqual([]);
    await expect(run({})).rejects.toMatchObject({
      message: 'No Container Instances were found in your cluster.',
    });
    const [task] = tasks ?? [];
    await ecs.client.send(new StopTaskCommand({ cluster: 'sample', task: task?.taskArn }));
    await ecs.until(task?.taskArn, ({ lastStatus }) => lastStatus === 'STOPPED');
    const { containerInstance } = await ecs.client.send(gone);
    expect(containerInstance?.status).toBe('INACTIVE');
    expect((await list({})).containerInstanceArns).toEqual([]);
  });
});
