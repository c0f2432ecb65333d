import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A simulator started as users start it, in a process of its own. */
export interface MeasuredSimulator {
  readonly endpoint: string;
  /** From the spawn to its ready line, in milliseconds. */
  readonly startMs: number;
  /** Resident memory of the simulator's process alone, in MB. */
  residentMb(): number;
  /** Resident memory of the processes that it started, in MB. */
  childrenResidentMb(): number;
  stop(): Promise<void>;
}

/** `npm` starts it with `npm run simulator`, `node` without npm between. */
export async function startSimulator(
  by: 'npm' | 'node',
  options: readonly string[] = [],
): Promise<MeasuredSimulator> {
  const args = ['--port', '0', ...options];
  const startedAt = performance.now();
  const [command, ...rest] =
    by === 'npm'
      ? ['npm', 'run', '--silent', 'simulator', '--', ...args]
      : [process.execPath, 'cli/start-simulator.mjs', ...args];
  const child = spawn(command as string, rest, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    // npm passes signals on to its script only when both are one group.
    detached: true,
  });
  const endpoint = await endpointOf(child);
  const startMs = performance.now() - startedAt;
  const pid = child.pid as number;
  return {
    endpoint,
    startMs,
    residentMb: () => residentMb(pid),
    childrenResidentMb: () => childrenOf(pid).reduce((sum, id) => sum + residentMb(id), 0),
    stop: async () => {
      const ended = once(child, 'close');
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGINT');
      else return;
      await ended;
    },
  };
}

async function endpointOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The simulator has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, endpoint] = /endpoint (\S+)/.exec(line) ?? [];
    if (endpoint !== undefined) return endpoint;
  }
  throw new Error('The simulator ended before it was ready');
}

/** Of Linux; NaN elsewhere, and the table then says so. */
function residentMb(pid: number): number {
  try {
    const [, kilobytes] =
      /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const direct = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/);
    const ids = direct.filter(Boolean).map(Number);
    return [...ids, ...ids.flatMap(childrenOf)];
  } catch {
    return [];
  }
}
