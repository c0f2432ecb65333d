import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createSimulator } from '../../../simulator/simulator.ts';

it('worlds leave nothing behind that each promise of the process would pay for', async () => {
  const used = vi.spyOn(AsyncLocalStorage.prototype, 'run');
  onTestFinished(() => used.mockRestore());
  const simulator = await createSimulator();
  onTestFinished(() => simulator.stop());
  const ask = async () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(simulator.endpoint, { method: 'POST', body, headers });
    await answer.text();
  };
  await ask();
  const [first] = used.mock.contexts;
  expect(first).toBeInstanceOf(AsyncLocalStorage);
  await simulator.reset();
  await ask();
  expect(new Set(used.mock.contexts)).toEqual(new Set([first]));
});
