import { setTimeout as delay } from 'node:timers/promises';

const onProducts = (act) => ({
  send: (visit, answer) => {
    if (visit.path !== '/products' || visit.method === 'HEAD') return false;
    act(visit, answer);
    return true;
  },
});

const sharedBody = (answer) => Buffer.from(answer.body);

/** Answers that are broken below HTTP's meaning: on the connection itself. */
export const connections = {
  hangs: onProducts(() => {}),
  'resets-connections': onProducts(({ response }) => response.socket?.resetAndDestroy()),
  'resets-one-in-ten': {
    send: ({ served, response }) => {
      if (served % 10 !== 0) return false;
      response.socket?.resetAndDestroy();
      return true;
    },
  },
  'truncated-body': onProducts(({ response }, answer) => {
    const body = sharedBody(answer);
    response.writeHead(200, { ...answer.headers, 'content-length': body.length });
    response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  }),
  'chunked-garbage': onProducts(({ response }, answer) => {
    const type = answer.headers['content-type'];
    response.socket?.end(
      `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nnot a chunk\r\n`,
    );
  }),
  'slow-body-drip': onProducts(({ response }, answer) => void drip(response, answer)),
  /** Ends kept-alive connections without announcing it: the balancer's next request on them is lost. */
  'drops-kept-connections': {
    send: ({ served, response }) => {
      const { socket } = response;
      if (served % 4 === 0) setTimeout(() => socket?.destroy(), 3);
      return false;
    },
  },
  'garbage-status-line': onProducts(({ response }) =>
    response.socket?.end('HTTP/1.1 OK\r\ncontent-length: 0\r\n\r\n'),
  ),
};

async function drip(response, answer) {
  const body = sharedBody(answer);
  response.writeHead(200, { ...answer.headers, 'content-length': body.length });
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await delay(40);
  }
  response.end();
}
