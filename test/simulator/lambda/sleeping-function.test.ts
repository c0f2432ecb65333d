import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

const invoke = (functionName: string) =>
  lambda.model.invoke({ functionName, payload: {}, type: 'RequestResponse' });

const sleeper = (body: string) => `
  import { setTimeout as sleep } from 'node:timers/promises';
  import { setTimeout as later } from 'node:timers';
  export const handler = async (event, context) => { const start = Date.now(); ${body} };`;

describe('a function that sleeps', () => {
  it('lets virtual time jump, and sees on its own date that it slept', async () => {
    await lambda.define('nap', sleeper('await sleep(240_000); return Date.now() - start;'), {
      Timeout: 300,
    });
    const startedAtMs = lambda.world.clock.now();
    const { payload } = await invoke('nap');
    expect(payload).toBeGreaterThanOrEqual(240_000);
    expect(payload).toBeLessThan(245_000);
    expect(lambda.world.clock.now() - startedAtMs).toBeGreaterThanOrEqual(240_000);
    expect(lambda.world.clock.skippedMs).toBeGreaterThan(230_000);
  });

  it('has less time left afterwards, and is billed for what it slept', async () => {
    const body = 'await sleep(100_000); return context.getRemainingTimeInMillis();';
    await lambda.define('nap', sleeper(body), { Timeout: 300 });
    const { payload } = await invoke('nap');
    expect(payload).toBeGreaterThan(190_000);
    expect(payload).toBeLessThanOrEqual(200_000);
    const [ended] = lambda.world.journal.of('lambda.ended');
    expect(ended?.durationMs).toBeGreaterThanOrEqual(100_000);
  });

  it('is woken by its own earlier timers in their order', async () => {
    const body = `
      const fired = [];
      later(() => fired.push(['b', Date.now() - start]), 60_000);
      setTimeout(() => fired.push(['a', Date.now() - start]), 30_000);
      const cancelled = setTimeout(() => fired.push(['never', 0]), 40_000);
      clearTimeout(cancelled);
      await sleep(90_000);
      return fired;`;
    await lambda.define('timers', sleeper(body), { Timeout: 300 });
    const fired = (await invoke('timers')).payload as [string, number][];
    expect(fired.map(([name]) => name)).toEqual(['a', 'b']);
    expect(fired[0]?.[1]).toBeGreaterThanOrEqual(30_000);
    expect(fired[0]?.[1]).toBeLessThan(35_000);
    expect(fired[1]?.[1]).toBeGreaterThanOrEqual(60_000);
    expect(fired[1]?.[1]).toBeLessThan(65_000);
  });

  it('stops sleeping when its signal says so, at the right instant', async () => {
    const body = `
      const signal = AbortSignal.timeout(20_000);
      return sleep(250_000, undefined, { signal }).catch((e) => [e.name, Date.now() - start]);`;
    await lambda.define('aborted', sleeper(body), { Timeout: 300 });
    const [name, afterMs] = (await invoke('aborted')).payload as [string, number];
    expect(name).toBe('TimeoutError');
    expect(afterMs).toBeGreaterThanOrEqual(20_000);
    expect(afterMs).toBeLessThan(25_000);
  });

  it('is killed at its deadline when it oversleeps, and the clock is free again', async () => {
    await lambda.define('oversleeps', sleeper('await sleep(900_000);'), { Timeout: 30 });
    const startedAtMs = lambda.world.clock.now();
    const { payload, functionError } = await invoke('oversleeps');
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(lambda.world.clock.now() - startedAtMs).toBeLessThan(60_000);
    await lambda.world.clock.sleep(3_600_000);
    expect(lambda.world.clock.heldBy()).toEqual([]);
  });

  it('does not skip time while an answer of the simulated network is still due', async () => {
    const server = http.createServer((_request, response) => {
      setTimeout(() => response.end('late'), 150);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    lambda.world.network.route('shop.example', 80, { host: '127.0.0.1', port });
    const body = `
      const answered = new Promise((resolve) => {
        http.get('http://shop.example/', { agent: false }, (response) => {
          response.resume();
          response.once('end', () => resolve(Date.now() - start));
        });
      });
      await sleep(60_000);
      return [await answered, Date.now() - start];`;
    await lambda.define('asks', `import http from 'node:http';${sleeper(body)}`, { Timeout: 300 });
    const [answeredMs, sleptMs] = (await invoke('asks')).payload as [number, number];
    server.close();
    expect(answeredMs).toBeGreaterThanOrEqual(150);
    expect(answeredMs).toBeLessThan(2_000);
    expect(sleptMs).toBeGreaterThanOrEqual(60_000);
    expect(lambda.world.clock.skippedMs).toBeGreaterThan(55_000);
  });

  it('does not skip time past requests that begin while it sleeps', async () => {
    const server = http.createServer((_request, response) => {
      setTimeout(() => response.end('late'), 60);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    lambda.world.network.route('shop.example', 80, { host: '127.0.0.1', port });
    const body = `
      const ask = () => new Promise((resolve, reject) => {
        http.get('http://shop.example/', { agent: false, signal: AbortSignal.timeout(5_000) }, (response) => {
          response.resume();
          response.once('end', () => resolve(Date.now() - start));
        }).once('error', reject);
      });
      const bound = sleep(60_000);
      await null;
      const answers = [await ask(), await ask(), await ask()];
      await bound;
      return answers;`;
    await lambda.define('asks', `import http from 'node:http';${sleeper(body)}`, { Timeout: 300 });
    const answers = (await invoke('asks')).payload as number[];
    server.close();
    expect(answers).toHaveLength(3);
    expect(Math.max(...answers)).toBeLessThan(3_000);
  });

  it('still holds the clock while another function computes', async () => {
    await lambda.define('nap', sleeper('await sleep(120_000); return Date.now() - start;'), {
      Timeout: 300,
    });
    const release = lambda.world.clock.hold('somebody else computes');
    const napping = invoke('nap');
    let woke = false;
    void napping.then(() => {
      woke = true;
    });
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(woke).toBe(false);
    release();
    expect((await napping).payload).toBeGreaterThanOrEqual(120_000);
  });
});

describe('a function that waits for a callback', () => {
  const waiter = (body: string) =>
    sleeper(`
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    ${body}`);

  it('lets virtual time jump, one wait after the other', async () => {
    const body = 'await wait(20_000); await wait(40_000); return Date.now() - start;';
    await lambda.define('waits', waiter(body), { Timeout: 300 });
    const { payload } = await invoke('waits');
    expect(payload).toBeGreaterThanOrEqual(60_000);
    expect(payload).toBeLessThan(65_000);
    expect(lambda.world.clock.skippedMs).toBeGreaterThan(55_000);
  });

  it('is woken by its timers in their order, those that keep nothing alive included', async () => {
    const body = `
      const fired = [];
      setTimeout(() => fired.push(['a', Date.now() - start]), 10_000).unref();
      setTimeout(() => fired.push(['b', Date.now() - start]), 30_000);
      await wait(60_000);
      return fired;`;
    await lambda.define('waits', waiter(body), { Timeout: 300 });
    const fired = (await invoke('waits')).payload as [string, number][];
    expect(fired.map(([name]) => name)).toEqual(['a', 'b']);
    expect(fired[0]?.[1]).toBeGreaterThanOrEqual(10_000);
    expect(fired[0]?.[1]).toBeLessThan(15_000);
    expect(fired[1]?.[1]).toBeGreaterThanOrEqual(30_000);
    expect(fired[1]?.[1]).toBeLessThan(35_000);
  });

  it('skips nothing while a request of its own is unanswered, wherever it goes', async () => {
    const body = `
      const server = createServer((socket) => setTimeout(() => socket.end('late'), 400));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const guard = setTimeout(() => {}, 60_000);
      await new Promise((resolve) => connect(server.address().port, '127.0.0.1').once('data', resolve));
      clearTimeout(guard);
      server.close();
      return Date.now() - start;`;
    const source = `import { connect, createServer } from 'node:net';${waiter(body)}`;
    await lambda.define('asks', source, { Timeout: 300 });
    expect((await invoke('asks')).payload).toBeLessThan(30_000);
  });

  it('skips nothing while an interval or a child process of its own goes on', async () => {
    const body = `
      let ticks = 0;
      const interval = setInterval(() => ticks++, 50);
      const polled = await new Promise((resolve) => {
        const guard = setTimeout(() => resolve('skipped'), 60_000);
        const look = setInterval(() => ticks > 5 && (clearTimeout(guard), clearInterval(look), resolve('polled')), 20);
      });
      clearInterval(interval);
      const guard = setTimeout(() => {}, 60_000);
      await new Promise((resolve) => spawn('sleep', ['0.4']).once('exit', resolve));
      clearTimeout(guard);
      return [polled, Date.now() - start];`;
    const source = `import { spawn } from 'node:child_process';${waiter(body)}`;
    await lambda.define('busy', source, { Timeout: 300 });
    const [polled, tookMs] = (await invoke('busy')).payload as [string, number];
    expect(polled).toBe('polled');
    expect(tookMs).toBeLessThan(30_000);
  });

  it('is killed at its deadline when it waits too long', async () => {
    await lambda.define('waits', waiter('await wait(900_000);'), { Timeout: 30 });
    const startedAtMs = lambda.world.clock.now();
    const { payload } = await invoke('waits');
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(lambda.world.clock.now() - startedAtMs).toBeLessThan(60_000);
    expect(lambda.world.clock.skippedMs).toBeGreaterThan(20_000);
  });
});
