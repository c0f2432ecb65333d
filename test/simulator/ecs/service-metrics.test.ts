import { platform } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RollingFixture } from './rolling/rolling-fixture.ts';

let fixture: RollingFixture;
let held: { name: string; dimensions: object; values: readonly number[] }[];
beforeEach(() => {
  fixture = new RollingFixture();
  held = [];
  fixture.world.provide('cloudwatch', {
    putMetric: () => {},
    holdMetric: (metric: (typeof held)[number]) => void held.push(metric),
    alarmStates: () => [],
  } as never);
});
afterEach(() => fixture.stop());

const listens = `
const server = http.createServer().listen(8080, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
`;
/** Holds 48 MiB beside what Node.js itself takes, of a task with 512 MiB. */
const heavySource = `
import http from 'node:http';
const kept = Buffer.alloc(48 * 1024 * 1024, 1);
${listens}
setInterval(() => kept.at(0), 60_000);
`;
/** Never rests: four times what a task with a quarter of a processor reserves, if it gets one. */
const busySource = `
import http from 'node:http';
${listens}
const work = () => {
  const until = Date.now() + 20;
  while (Date.now() < until);
  setImmediate(work);
};
work();
`;

// Elsewhere there is no /proc to read figures from; the metrics are then not reported.
describe.runIf(platform() === 'linux')('metrics of a service', () => {
  const last = (name: string) => held.findLast((metric) => metric.name === name);

  async function running(source: string, desiredCount: number) {
    const taskDefinition = fixture.taskDefinition({
      image: fixture.image('v1', { source }),
    });
    const service = fixture.create({ taskDefinition, desiredCount });
    await fixture.reached(service, 'COMPLETED');
    return service;
  }

  it('tell what its tasks use of their memory, task by task, until there are none', async () => {
    await running(heavySource, 2);
    await fixture.world.clock.sleep(61_000);
    const memory = last('MemoryUtilization');
    expect(memory?.dimensions).toEqual({ ClusterName: 'sample', ServiceName: 'shop' });
    expect(memory?.values).toHaveLength(2);
    for (const value of memory?.values ?? []) {
      expect(value).toBeGreaterThan(9);
      expect(value).toBeLessThan(100);
    }
    const service = fixture.update({ desiredCount: 0 });
    await fixture.untilRolling(service, () => fixture.describe(service).runningCount === 0);
    await fixture.world.clock.sleep(61_000);
    expect(last('MemoryUtilization')?.values).toEqual([]);
    expect(last('CPUUtilization')?.values).toEqual([]);
  });

  it('tell the processor time that its tasks used in real time', async () => {
    await running(busySource, 1);
    await fixture.world.clock.sleep(61_000);
    const begun = performance.now();
    await fixture.world.clock.during('work of the process', async () => {
      while (performance.now() - begun < 300) await new Promise((resolve) => setImmediate(resolve));
    });
    await fixture.world.clock.sleep(61_000);
    const [cpu = 0] = last('CPUUtilization')?.values ?? [];
    // Of a busy machine the process gets less than one processor, but never next to nothing.
    expect(cpu).toBeGreaterThan(20);
  });
});
