import { createServer } from 'node:http';

export interface ScriptedCall {
  /** Operation of an AWS JSON protocol, e.g. `DescribeImages`; for REST `METHOD /path`. */
  readonly operation: string;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A server that answers AWS calls as the test says, for what the simulator would never answer. */
export async function scriptedAws(answer: (call: ScriptedCall) => ScriptedAnswer) {
  const calls: ScriptedCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = request.headers['x-amz-target'];
    const operation =
      typeof target === 'string'
        ? (target.split('.').at(-1) ?? '')
        : `${request.method} ${request.url}`;
    const call = { operation, body: Buffer.concat(chunks).toString() };
    calls.push(call);
    const { status = 200, headers = {}, body } = answer(call);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP address');
  const endpoint = `http://127.0.0.1:${address.port}`;
  return {
    calls,
    endpoint,
    /** Settings of an SDK client that calls this server and retries nothing. */
    client: {
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
