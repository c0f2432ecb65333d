import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AcmModel } from '../../../simulator/acm/model.ts';
import { controlApi } from '../../../simulator/server/control-api.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const taken: unknown[] = [];
let server: http.Server;
let url = '';

beforeEach(async () => {
  taken.length = 0;
  const world = createTestWorld();
  const echo = (body: unknown) => {
    taken.push(body);
    if (body === 'bad') throw new Error('bad is not good');
    return { seen: body };
  };
  const handle = controlApi({
    world,
    listeners: () => [],
    acm: new AcmModel(world),
    actions: { echo },
  });
  server = http.createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_greengate/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = async (path: string, body: string) => {
  const response = await fetch(`${url}${path}`, { method: 'POST', body });
  return { status: response.status, body: await response.json() };
};

it('an action gets its JSON body and answers with what it returns', async () => {
  expect(await post('echo', '{"a":1}')).toEqual({ status: 200, body: { seen: { a: 1 } } });
});

it('what an action throws is a 400 with its message', async () => {
  expect(await post('echo', '"bad"')).toEqual({
    status: 400,
    body: { message: 'bad is not good' },
  });
});

it('a body that is not JSON never reaches the action', async () => {
  expect((await post('echo', '{')).status).toBe(400);
  expect(taken).toEqual([]);
});

it('an unknown operation is a 404 that names the actions', async () => {
  const { status, body } = await post('unknown', '{}');
  expect(status).toBe(404);
  expect(JSON.stringify(body)).toContain('POST /_greengate/echo');
});
