import { expect, it, onTestFinished } from 'vitest';
import { RollingFixture } from './rolling-fixture.ts';

it.each([
  ['newest', 1],
  ['oldest', 0],
] as const)('scaling in stops the %s task first', async (tasksStoppedFirst, stopped) => {
  const fixture = new RollingFixture({ tasksStoppedFirst });
  onTestFinished(() => fixture.stop());
  const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 2 });
  await fixture.reached(service, 'COMPLETED');
  const tasks = fixture.tasks(service);
  fixture.update({ desiredCount: 1 });
  expect(tasks.map(({ isStopping }) => isStopping)).toEqual([stopped === 0, stopped === 1]);
});
