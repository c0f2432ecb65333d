import { gzipSync } from 'node:zlib';

const withHeaders = (extra) => ({
  answer: (sound) => ({ ...sound, headers: { ...sound.headers, ...extra } }),
});

const jsonOf = (change) => ({
  answer: (sound) => {
    const type = sound.headers['content-type'];
    if (typeof type !== 'string' || !type.startsWith('application/json')) return sound;
    return { ...sound, body: change(JSON.parse(sound.body)) };
  },
});

const reversed = (value) => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
};

/** Different from the original, and nothing that a client may mind. */
export const oddities = {
  'field-order': jsonOf((value) => `${JSON.stringify(reversed(value))}\n`),
  'pretty-printed': jsonOf((value) => `${JSON.stringify(value, undefined, 4)}\n`),
  'extra-fields': jsonOf(
    (value) => `${JSON.stringify({ ...value, links: { self: '/' }, deprecated: null })}\n`,
  ),
  'extra-headers': withHeaders({ 'x-trace-id': 'a1b2c3', 'server-timing': 'db;dur=1.2' }),
  'other-server-header': withHeaders({ server: 'Kestrel', 'x-powered-by': 'Rust' }),
  'many-cookies': withHeaders({
    'set-cookie': Array.from({ length: 12 }, (_, at) => `pref${at}=on; Path=/; Secure; HttpOnly`),
  }),
  'upper-case-headers': {
    answer: (sound) => ({
      ...sound,
      headers: Object.fromEntries(
        Object.entries(sound.headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
    }),
  },
  gzip: {
    answer: (sound, { headers }) =>
      headers['accept-encoding']?.includes('gzip') && sound.body.length > 0
        ? {
            ...sound,
            headers: { ...sound.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
            body: gzipSync(sound.body),
          }
        : sound,
  },
  chunked: {
    answer: (sound) => ({
      ...sound,
      headers: { ...sound.headers, 'transfer-encoding': 'chunked' },
    }),
  },
  'keep-alive-off': withHeaders({ connection: 'close' }),
  'early-hints': {
    send: ({ response }) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      return false;
    },
  },
  'big-bodies': jsonOf(
    (value) => `${JSON.stringify({ ...value, catalogue: 'lorem ipsum '.repeat(8_000) })}\n`,
  ),
  'chatty-logs': {
    answer: (sound, { log, method, path, served }) => {
      for (let line = 0; line < 5; line++) log(`${served} ${method} ${path} step ${line} of 5`);
      return sound;
    },
  },
  'larger-memory': {
    beforeStart: (context) => {
      context.ballast = Buffer.alloc(96 * 1024 * 1024, 1);
    },
  },
};
