import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';

export interface BalancerOptions {
  /** Rounds in which direct, bare proxy and balancer take turns, so that a busy machine is busy for all. */
  readonly rounds?: number;
  /** Real milliseconds of load per round and path. */
  readonly loadMs?: number;
  /** Connections under load. */
  readonly connections?: number;
  /** Requests one after the other per round and path, for latency. */
  readonly requests?: number;
}

export interface PathMeasure {
  /** One request at a time. */
  readonly medianMs: number;
  readonly p99Ms: number;
  /** With all connections busy. */
  readonly requestsPerSecond: number;
}

export interface BalancerMeasure {
  readonly direct: PathMeasure;
  readonly bareProxy: PathMeasure;
  readonly balancer: PathMeasure;
  /** What the balancer adds to the median of going to the target directly. */
  readonly addedMedianMs: number;
  /** Its throughput over the bare proxy's. */
  readonly shareOfBareProxy: number;
}

interface Samples {
  readonly latenciesMs: number[];
  finished: number;
  busyMs: number;
}

/** Measures the load balancer beside a bare Node.js proxy and no proxy at all, each in a process of its own. */
export async function measureBalancer(options: BalancerOptions = {}): Promise<BalancerMeasure> {
  const { rounds = 5, loadMs = 1_000, connections = 32, requests = 400 } = options;
  const children: ChildProcess[] = [];
  const start = async (...role: string[]) => {
    const file = fileURLToPath(new URL('./balancer-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...role], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return portOf(child);
  };
  const measured = async (port: number) => {
    const samples: Samples = { latenciesMs: [], finished: 0, busyMs: 0 };
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 });
    await load(pool, connections, loadMs / 2);
    return { pool, samples };
  };
  try {
    const target = await start('target');
    const direct = await measured(target);
    const bareProxy = await measured(await start('proxy', `${target}`));
    const balancer = await measured(await start('balancer', `${target}`));
    const paths = [direct, bareProxy, balancer];
    for (let round = 0; round < rounds; round++) {
      for (const { pool, samples } of paths) await oneByOne(pool, requests, samples);
      for (const { pool, samples } of paths) {
        const startedAt = performance.now();
        samples.finished += await load(pool, connections, loadMs);
        samples.busyMs += performance.now() - startedAt;
      }
    }
    await Promise.all(paths.map(({ pool }) => pool.destroy()));
    return compare(direct.samples, bareProxy.samples, balancer.samples);
  } finally {
    for (const child of children) {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill()) await ended;
    }
  }
}

function compare(direct: Samples, bareProxy: Samples, balancer: Samples): BalancerMeasure {
  const measures = {
    direct: summarize(direct),
    bareProxy: summarize(bareProxy),
    balancer: summarize(balancer),
  };
  return {
    ...measures,
    addedMedianMs: measures.balancer.medianMs - measures.direct.medianMs,
    shareOfBareProxy: measures.balancer.requestsPerSecond / measures.bareProxy.requestsPerSecond,
  };
}

async function oneByOne(pool: Pool, requests: number, { latenciesMs }: Samples): Promise<void> {
  for (let at = 0; at < requests; at++) {
    const startedAt = performance.now();
    await get(pool);
    latenciesMs.push(performance.now() - startedAt);
  }
}

/** Requests finished while every connection is busy. */
async function load(pool: Pool, connections: number, forMs: number): Promise<number> {
  const endsAt = performance.now() + forMs;
  let finished = 0;
  const client = async () => {
    while (performance.now() < endsAt) {
      await get(pool);
      finished++;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return finished;
}

async function get(pool: Pool): Promise<void> {
  const { statusCode, body } = await pool.request({ path: '/health', method: 'GET' });
  await body.dump();
  if (statusCode !== 200) throw new Error(`Expected 200, got ${statusCode}`);
}

function summarize({ latenciesMs, finished, busyMs }: Samples): PathMeasure {
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
  return {
    medianMs: quantile(0.5),
    p99Ms: quantile(0.99),
    requestsPerSecond: (finished * 1_000) / busyMs,
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('The process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = /^PORT (\d+)$/.exec(line) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error('A process of the benchmark ended before it listened');
}
