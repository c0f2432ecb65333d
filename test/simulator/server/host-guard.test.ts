import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { createHostGuard } from '../../../simulator/server/host-guard.ts';

const names: Record<string, string[]> = {
  'aws.test': ['127.0.0.1', '::1'],
  'half.test': ['127.0.0.1', '192.0.2.1'],
};
const guard = createHostGuard(async (name) => {
  const addresses = names[name];
  if (!addresses) throw new Error('ENOTFOUND');
  return addresses;
});
const judge = (headers: Record<string, string>) => guard({ headers } as unknown as IncomingMessage);

it.each([
  [{ host: '127.0.0.1:4566' }],
  [{ host: '127.8.9.1' }],
  [{ host: 'LOCALHOST:1' }],
  [{ host: 'bucket.localhost:4566' }],
  [{ host: '[::1]:4566' }],
  [{ host: 'aws.test:80' }],
  [{ host: '127.0.0.1:1', origin: 'http://localhost:3000' }],
  [{}],
])('takes %o', async (headers) => {
  expect(await judge(headers as Record<string, string>)).toBeUndefined();
});

it.each([
  [{ host: '192.0.2.1:4566' }, 'Host 192.0.2.1:4566'],
  [{ host: 'half.test' }, 'Host half.test'],
  [{ host: 'nowhere.test' }, 'Host nowhere.test'],
  [{ host: '127.0.0.1.evil.test' }, 'Host 127.0.0.1.evil.test'],
  // A page whose name was made to resolve here: a browser says that it is one.
  [{ host: 'aws.test', 'sec-fetch-site': 'same-origin' }, 'Host aws.test'],
  [{ host: '127.0.0.1:1', origin: 'https://evil.test' }, 'page https://evil.test'],
  [{ host: '127.0.0.1:1', origin: 'null' }, 'page null'],
])('refuses %o', async (headers, part) => {
  expect(await judge(headers as unknown as Record<string, string>)).toContain(part);
});
