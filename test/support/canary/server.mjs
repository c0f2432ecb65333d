import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** Answers well, or quotes the secrets of a request back in every way a careless service does. */
const { MODE = 'sound', PORT = '8080', DATABASE_URL = '', API_TOKEN = '' } = process.env;

/** Fixed by RFC 6455 section 1.3. */
const handshakeSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const html = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What was sent, in the spellings of debug pages, logs and proxies. */
function spellings(text) {
  return {
    plain: text,
    base64: Buffer.from(text).toString('base64'),
    base64url: Buffer.from(text).toString('base64url'),
    basic: Buffer.from(`probe:${text}`).toString('base64'),
    percent: encodeURIComponent(text),
    form: new URLSearchParams({ text }).toString(),
    html: html(text),
    json: JSON.stringify(JSON.stringify(text)),
  };
}

function echo(request, body, response) {
  const { authorization = '', cookie = '' } = request.headers;
  const url = new URL(request.url ?? '/', 'http://service');
  const token = authorization.replace(/^Bearer /, '');
  const key = url.searchParams.get('key') ?? '';
  const said = Object.entries({ token, key, cookie, body }).filter(([, text]) => text !== '');
  // Its own log is its own affair; the test sees there that the secrets really came.
  console.log(JSON.stringify({ path: url.pathname, token, key, cookie, body }));
  const secret = encodeURIComponent(said[0]?.[1] ?? '');
  response.setHeader('x-debug', encodeURIComponent(said.map(([, text]) => text).join(' ')));
  response.setHeader('x-debug-64', Buffer.from(authorization).toString('base64'));
  response.setHeader('set-cookie', [`seen=${secret}; Path=/`, `${secret}=1`]);
  if (url.pathname === '/moved') {
    const location = `https://probe:${secret}@elsewhere.example/${secret}?token=${secret}`;
    return response.writeHead(302, { location }).end();
  }
  response.writeHead(500, `Refused ${secret}`, { 'content-type': 'application/json' });
  const spelled = said.map(([name, text]) => [name, spellings(text)]);
  return response.end(JSON.stringify(Object.fromEntries(spelled)));
}

const server = createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.url === '/health') return response.writeHead(200).end('ok');
  if (request.url === '/login') {
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ token: process.env.SESSION_TOKEN ?? 'none' }));
  }
  if (MODE === 'echo') return echo(request, body, response);
  return response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
});

server.on('upgrade', (request, socket) => {
  socket.on('error', () => {});
  const key = request.headers['sec-websocket-key'];
  const accept = createHash('sha1').update(`${key}${handshakeSuffix}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  socket.on('data', (frame) => {
    if ((frame[0] & 0x0f) !== 1) return socket.end();
    const length = frame[1] & 0x7f;
    const mask = frame.subarray(2, 6);
    const said = Buffer.from(frame.subarray(6, 6 + length)).map((byte, at) => byte ^ mask[at % 4]);
    const reply = MODE === 'echo' ? said : Buffer.from('{"ok":true}');
    return socket.write(Buffer.concat([Buffer.from([0x81, reply.length]), reply]));
  });
});

if (MODE === 'crash') {
  console.error(
    `cannot connect to ${DATABASE_URL} with API_TOKEN=${API_TOKEN}, that is ${API_TOKEN}`,
  );
  process.exit(1);
}
server.listen(Number(PORT));
process.on('SIGTERM', () => process.exit(0));
