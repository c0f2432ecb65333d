import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import { callMix } from './call-mix.ts';
import { loadGround, loadServices } from './load-services.ts';
import { startSimulator } from './simulator-process.ts';

export interface ControlPlaneMeasure {
  /** Answered calls per second of all clients together, median of the rounds. */
  readonly callsPerSecond: number;
  readonly rounds: number;
  readonly clients: number;
  readonly connections: number;
  /** What was sent, as `name: share`. */
  readonly mix: readonly string[];
}

/**
 * Client processes send the mix while the simulator holds 200 idle services. Everybody shares the machine, the clients
 * too. Request quotas are off: with them AWS, and the simulator, refuse most of these calls.
 */
export async function measureControlPlane(rounds = 5, forMs = 2_000): Promise<ControlPlaneMeasure> {
  const clients = 2;
  const connections = 4;
  const simulator = await startSimulator('node', ['--setting', 'requestQuotas=false']);
  try {
    await loadGround(simulator.endpoint);
    await loadServices(simulator.endpoint, 'idle', 200, 0);
    const load = () =>
      Promise.all(
        Array.from({ length: clients }, () =>
          runClient(simulator.endpoint, 'idle-7', connections, forMs),
        ),
      );
    await load();
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      rates.push((await load()).reduce((sum, each) => sum + each, 0));
    }
    const mix = callMix('idle-7');
    const total = mix.reduce((sum, [, count]) => sum + count, 0);
    return {
      callsPerSecond: median(rates),
      rounds,
      clients,
      connections,
      mix: mix.map(([name, count]) => `${name}: ${Math.round((100 * count) / total)} %`),
    };
  } finally {
    await simulator.stop();
  }
}

/** Calls per second of one client process. */
async function runClient(...args: (string | number)[]): Promise<number> {
  const file = fileURLToPath(new URL('./load-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('A client of the benchmark failed');
  const { finished, busyMs } = JSON.parse(output) as { finished: number; busyMs: number };
  return (finished * 1_000) / busyMs;
}
