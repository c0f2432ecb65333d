import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContainerProcess } from '../../../simulator/ecs/container-process.ts';
import { eventually } from '../../support/eventually.ts';

let directory: string;
const processes: ContainerProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-hostile-'));
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.stop(50)));
  rmSync(directory, { recursive: true });
});

const isGone = (pid: string | undefined) => () =>
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');

function run(source: string, memoryBytes?: number) {
  const script = join(directory, `${processes.length}.mjs`);
  writeFileSync(script, source);
  const output: string[] = [];
  const started = new ContainerProcess({
    command: { args: [script], cwd: directory },
    environment: {},
    routes: {},
    ports: [],
    memoryBytes,
    onListen: () => {},
    onOutput: (line) => output.push(line),
  });
  processes.push(started);
  const firstLine = async () => {
    await eventually(() => expect(output.length).toBeGreaterThan(0));
    return output[0];
  };
  return { process: started, output, firstLine };
}

const sleeper = `process.execPath, ['-e', 'setInterval(() => {}, 1000)']`;

describe('a hostile workload', () => {
  it.each([
    ['a child', `spawn(${sleeper})`],
    ['a detached child without pipes', `spawn(${sleeper}, { detached: true, stdio: 'ignore' })`],
    [
      'a detached child with an empty environment',
      `spawn(${sleeper}, { detached: true, env: {} })`,
    ],
  ])('takes %s with it when it ends', async (_, child) => {
    const { process, firstLine } = run(`import { spawn } from 'node:child_process';
      console.log(${child}.pid); setInterval(() => {}, 1000);`);
    const pid = await firstLine();
    await process.stop(2_000);
    await eventually(isGone(pid));
  });

  it('takes its children with it when it crashes by itself', async () => {
    const { process, output } = run(`import { spawn } from 'node:child_process';
      console.log(spawn(${sleeper}, { detached: true, stdio: 'ignore' }).pid); process.exitCode = 3;
      setTimeout(() => process.exit(), 20);`);
    expect(await process.exited).toBe(3);
    await eventually(isGone(output[0]));
  });

  it('and its detached children do not outlive a simulator that was killed', async () => {
    const script = join(directory, 'workload.mjs');
    writeFileSync(
      script,
      `import { spawn } from 'node:child_process';
       console.log(process.pid, spawn(${sleeper}, { detached: true, stdio: 'ignore' }).pid);
       for (;;);`,
    );
    const module = new URL('../../../simulator/ecs/container-process.ts', import.meta.url).href;
    const simulator = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `import { ContainerProcess } from ${JSON.stringify(module)};
       new ContainerProcess({ command: { args: [${JSON.stringify(script)}], cwd: '/' }, environment: {},
         routes: {}, ports: [], onListen() {}, onOutput: (line) => console.log(line) });`,
    ]);
    const [line] = await once(simulator.stdout, 'data');
    simulator.kill('SIGKILL');
    for (const pid of String(line).trim().split(' ')) await eventually(isGone(pid));
  });

  it('is killed when it takes more memory than its limit, and says why', async () => {
    const { process } = run(
      'const kept = []; setInterval(() => kept.push(Buffer.alloc(8 * 1024 * 1024, 1)), 5);',
      160 * 1024 * 1024,
    );
    expect(await process.exited).toBe(137);
    expect(process.outOfMemory).toBe(true);
  });

  it('is left alone below its limit', async () => {
    const { process } = run('setTimeout(() => {}, 300);', 512 * 1024 * 1024);
    expect(await process.exited).toBe(0);
    expect(process.outOfMemory).toBe(false);
  });

  it('cannot break the simulator by what it writes where the preload reports', async () => {
    const listened: number[] = [];
    const script = join(directory, 'report.mjs');
    writeFileSync(
      script,
      `import { writeSync } from 'node:fs';
       writeSync(3, 'nonsense\\n{"containerPort":"x","port":1}\\n{"containerPort":1,"port":99999}\\n[]\\n');
       writeSync(3, 'y'.repeat(50_000) + '\\n{"containerPort":8080,"port":4242}\\n');`,
    );
    const started = new ContainerProcess({
      command: { args: [script], cwd: directory },
      environment: {},
      routes: {},
      ports: [],
      onListen: (containerPort) => listened.push(containerPort),
      onOutput: () => {},
    });
    processes.push(started);
    expect(await started.exited).toBe(0);
    expect(listened).toEqual([8080]);
  });
});
