import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startInventory } from '../../../simulator/workloads/inventory-service.ts';

const server = fileURLToPath(
  new URL('../../../simulator/workloads/shop/server.mjs', import.meta.url),
);

describe('the sample workload', () => {
  const running: ChildProcess[] = [];

  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });

  const start = async (environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [server], {
      env: { PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const base = `http://127.0.0.1:${/\d+$/.exec(line)?.[0]}`;
    return { child, line, get: (path: string) => fetch(`${base}${path}`) };
  };

  it('answers with its version in body and header', async () => {
    const { get, line } = await start({ VERSION: 'v7' });

    const products = await get('/products');

    expect(line).toContain('shop v7 listens on');
    expect(products.headers.get('x-release')).toBe('v7');
    expect(products.headers.get('content-type')).toBe('application/json');
    expect(await products.json()).toEqual({
      version: 'v7',
      products: [
        { id: 1, name: 'Teapot', price: 24.5 },
        { id: 2, name: 'Kettle', price: 39 },
        { id: 3, name: 'Tea towel', price: 8.25 },
      ],
    });
    expect(await (await get('/')).json()).toEqual({ service: 'shop', version: 'v7' });
    expect((await get('/none')).status).toBe(404);
  });

  it('answers every Nth request with 500 and says nothing of it in its health check', async () => {
    const { get } = await start({ ERROR_EVERY: '4' });

    const statuses = [];
    for (let n = 0; n < 8; n++) {
      statuses.push((await get('/products')).status);
      expect((await get('/health')).status).toBe(200);
    }

    expect(statuses).toEqual([200, 200, 200, 500, 200, 200, 200, 500]);
  });

  it('leaves a member out of every product', async () => {
    const { get } = await start({ OMIT_FIELD: 'price' });

    const { products } = (await (await get('/products')).json()) as { products: object[] };

    expect(products.map(Object.keys)).toEqual(Array(3).fill(['id', 'name']));
  });

  it('answers 503 while its dependency is down, and 200 once it is repaired', async () => {
    const inventory = await startInventory();
    const { get } = await start({ INVENTORY_URL: inventory.url });

    const down = await get('/products');
    const home = await get('/');
    inventory.repair();
    const repaired = await get('/products');

    expect([down.status, home.status, repaired.status]).toEqual([503, 200, 200]);
    expect(await down.json()).toEqual({
      error: 'the inventory service does not answer: UND_ERR_SOCKET',
    });
    await inventory.stop();
    expect((await get('/products')).status).toBe(503);
  });

  it('finishes what it serves on SIGTERM, then ends with status 0', async () => {
    const { child, get } = await start({ LATENCY_MS: '150' });
    const answer = get('/products');
    await expect.poll(async () => (await get('/health')).status).toBe(200);

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect((await answer).status).toBe(200);
    expect(code).toBe(0);
  });

  it('crashes when its image says so', async () => {
    const { child } = await start({ CRASH_AFTER_MS: '10' });

    const [code] = await once(child, 'exit');

    expect(code).toBe(1);
  });
});
