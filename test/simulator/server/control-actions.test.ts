import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { SimulatorControl } from '../../../simulator/server/control.ts';
import { createControlApi } from '../../../simulator/server/control-api.ts';
import { controlOperation } from '../../../simulator/server/control-operation.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const taken: unknown[] = [];
let server: http.Server;
let url = '';

const operations = [
  controlOperation(
    'POST echo',
    'Says it again',
    { body: z.strictObject({ text: z.string().max(5), deep: z.strictObject({}).optional() }) },
    ({ body }) => {
      taken.push(body);
      if (body.text === 'bad') throw new Error('bad is not good');
      return { seen: body };
    },
  ),
  controlOperation('GET things/{id}', 'One thing', {}, ({ id }) => ({ id })),
];

beforeEach(async () => {
  taken.length = 0;
  const world = createTestWorld();
  const control = { current: () => ({ world }) } as unknown as SimulatorControl;
  const handle = createControlApi(control, operations);
  server = http.createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_greengate/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const call = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const post = (path: string, body: string) => call(path, { method: 'POST', body });

it('an operation gets its JSON body and answers with what it returns', async () => {
  expect(await post('echo', '{"text":"a"}')).toEqual({
    status: 200,
    body: { seen: { text: 'a' } },
  });
});

it('what an operation throws is a 400 with its message', async () => {
  expect(await post('echo', '{"text":"bad"}')).toEqual({
    status: 400,
    body: { message: 'bad is not good' },
  });
});

it.each([
  ['not JSON', '{', /^The body is not JSON: /],
  ['without a member', '{}', /^Member "text" of the body: /],
  ['with a wrong member', '{"text":"too long"}', /^Member "text" of the body: .*5/],
  ['with an unknown member', '{"text":"a","txt":1}', /^The body has no member "txt"$/],
  ['with one deep inside', '{"text":"a","deep":{"x":1}}', /^The body has no member "deep.x"$/],
])(
  'a body %s is refused in one line and never reaches the operation',
  async (_what, body, line) => {
    const answer = await post('echo', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ message: expect.stringMatching(line) });
    expect(taken).toEqual([]);
  },
);

it('paths have parameters, queries are checked', async () => {
  expect((await call('things/a%2Fb')).body).toEqual({ id: 'a/b' });
  expect(await call('things/a?x=1')).toEqual({
    status: 400,
    body: { message: 'The query has no member "x"' },
  });
});

it('an unknown operation is a 404 that names the others', async () => {
  const { status, body } = await post('unknown', '{}');
  expect(status).toBe(404);
  expect(body.message).toContain('POST /_greengate/echo');
});

it('describes itself', async () => {
  const { body } = await call('');
  expect(body.operations).toEqual([
    {
      operation: 'POST /_greengate/echo',
      summary: 'Says it again',
      body: expect.objectContaining({ required: ['text'], additionalProperties: false }),
    },
    { operation: 'GET /_greengate/things/{id}', summary: 'One thing' },
  ]);
});
