import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import { startSimulator } from './simulator-process.ts';

export interface StartUpMeasure {
  /** Medians, in milliseconds, of `npm run simulator` to its ready line, and of the same without npm. */
  readonly npmMs: number;
  readonly nodeMs: number;
  /** Of a Node.js process that does nothing. */
  readonly bareNodeMs: number;
  /** The first start after a source changed, which bundles the sources anew; one run. */
  readonly firstMs: number;
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/greengate', import.meta.url));

/** Starts take turns, so that a busy machine is busy for all. */
export async function measureStartUp(rounds: number): Promise<StartUpMeasure> {
  forgetBundles();
  const firstMs = await startOnce('node');
  const samples = { npm: [] as number[], node: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    samples.npm.push(await startOnce('npm'));
    samples.node.push(await startOnce('node'));
    samples.bare.push(await bareNode());
  }
  return {
    npmMs: median(samples.npm),
    nodeMs: median(samples.node),
    bareNodeMs: median(samples.bare),
    firstMs,
  };
}

/** What is left of earlier starts; whoever runs from such a bundle has loaded it. */
function forgetBundles(): void {
  const names = existsSync(cache) ? readdirSync(cache) : [];
  for (const name of names) {
    if (/^simulator-.*\.mjs$/.test(name)) rmSync(join(cache, name), { force: true });
  }
}

async function startOnce(by: 'npm' | 'node'): Promise<number> {
  const simulator = await startSimulator(by);
  await simulator.stop();
  return simulator.startMs;
}

async function bareNode(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' });
  await once(child, 'close');
  return performance.now() - startedAt;
}
