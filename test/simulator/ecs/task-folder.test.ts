import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

it('the folder of a task goes with it, also when the simulator stops while its image is copied', async () => {
  const ecs = await EcsWire.start();
  const tasks = join(ecs.fixture.world.directory, 'tasks');
  const taskDefinition = ecs.fixture.taskDefinition({ image: ecs.fixture.image('v1') });
  const { tasks: started } = await ecs.client.send(
    new RunTaskCommand({
      cluster: 'sample',
      taskDefinition,
      count: 5,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
    }),
  );
  await ecs.until(started?.[4]?.taskArn, ({ lastStatus }) => lastStatus === 'PENDING');
  while (!existsSync(tasks)) await new Promise((resolve) => setImmediate(resolve));
  await ecs.fixture.model.stop();
  expect(readdirSync(tasks)).toEqual([]);
  await ecs.stop();
});
