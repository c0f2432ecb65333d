import { beforeEach, describe, expect, it } from 'vitest';
import { CustomCheckScene, passing } from './custom-check-scene.ts';

let scene: CustomCheckScene;
beforeEach(() => {
  scene = new CustomCheckScene();
});

describe('a check of the user’s own', () => {
  it('that hangs is an error at its timeout, even when inconclusive is let through', async () => {
    const running = scene.run(() => new Promise(() => {}), {
      timeoutMs: 700,
      allowInconclusive: true,
    });
    await expect.poll(() => scene.clock.sleeps.map(({ ms }) => ms)).toEqual([700]);
    scene.clock.sleeps[0]?.end();
    const result = await running;
    expect(result.verdict).toBe('error');
    expect(result.observed).toBe('the check did not end within its 700 ms, after 0 answers');
  });

  it('gets no more answers once its time is over, awaited or not', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const running = scene.run(
      ({ signal, probe, clock }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            void probe({ path: '/floating' });
            void clock.sleep(5);
            late = probe({ path: '/late' });
          });
        }),
    );
    await expect.poll(() => scene.clock.sleeps.length).toBe(1);
    scene.clock.sleeps[0]?.end();
    await running;
    await expect(late).rejects.toThrow('The time of the check is over');
    expect(scene.probe.requests).toEqual([]);
  });

  it('that the hook’s deadline cuts off is an error, which nothing lets through', async () => {
    const running = scene.run(() => new Promise(() => {}), { allowInconclusive: true });
    await expect.poll(() => scene.clock.sleeps.length).toBe(1);
    scene.hook.abort();
    expect(await running).toMatchObject({
      verdict: 'error',
      observed: 'the time of the hook ended before the check did',
    });
  });

  it('leaves no timer behind', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const sleep = scene.clock.sleep.bind(scene.clock);
    scene.clock.sleep = (ms, signal) => {
      signals.push(signal);
      return sleep(ms, signal);
    };
    await scene.run(() => passing);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});
