import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { performance } from 'node:perf_hooks';
import type { ProbeRequest, ProbeResponse, ProbeTransport } from '../core/ports/probe-transport.ts';

/**
 * Sends probes with node:http(s). Each request has a connection of its own (`agent: false`), so that it meets
 * the listener as a new client would and no kept-alive connection pins it to one target. Certificates are
 * verified, their names against the Host header where a check sets one.
 */
export function httpProbe(version: string): ProbeTransport {
  return {
    send: (request, signal) =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        const settle = (outcome: Outcome) =>
          resolve({ ...outcome, durationMs: performance.now() - startedAt });
        try {
          carryOut(request, version, signal, settle);
        } catch (error) {
          // An address or header that node refuses to send at all.
          settle({ kind: 'no-response', reason: describe(error) });
        }
      }),
  };
}

/**
 * Without a Host header the address is the load balancer's own name, which nobody but AWS can have a certificate
 * for: who insisted on it would never get an answer from an HTTPS listener. The chain is verified all the same.
 */
export function identityCheck(
  headers: Readonly<Record<string, string>>,
): Pick<RequestOptions, 'checkServerIdentity'> {
  const hasHost = Object.keys(headers).some((name) => name.toLowerCase() === 'host');
  return hasHost ? {} : { checkServerIdentity: () => undefined };
}

type Outcome = ProbeResponse extends infer T
  ? T extends ProbeResponse
    ? Omit<T, 'durationMs'>
    : never
  : never;

function carryOut(
  probe: ProbeRequest,
  version: string,
  signal: AbortSignal,
  settle: (outcome: Outcome) => void,
): void {
  const url = new URL(probe.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options: RequestOptions = {
    method: probe.method,
    headers: { 'user-agent': `Greengate/${version}`, ...probe.headers },
    agent: false,
    signal,
    ...identityCheck(probe.headers),
  };
  const request = send(url, options, (response) => {
    readBody(response, probe.maxBodyBytes, (body) =>
      settle({
        kind: 'response',
        status: response.statusCode ?? 0,
        headers: joinHeaders(response),
        body,
      }),
    );
    response.on('error', fail);
  });
  // One limit for the whole exchange: a body that trickles in forever must not hold a hook.
  const limit = setTimeout(
    () => request.destroy(new Error(`no complete answer within ${probe.timeoutMs} ms`)),
    probe.timeoutMs,
  );
  const fail = (error: Error) =>
    settle({ kind: 'no-response', reason: signal.aborted ? 'aborted' : describe(error) });
  request.on('error', fail);
  request.on('close', () => clearTimeout(limit));
  request.end();
}

/** Keeps the first bytes and drops the rest, but reads to the end: a body cut short is no answer. */
function readBody(response: IncomingMessage, maxBytes: number, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let kept = 0;
  response.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, maxBytes - kept);
    kept += part.length;
    if (part.length > 0) chunks.push(part);
  });
  response.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
}

function joinHeaders(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return error.message.includes(code) ? error.message : `${code}${error.message}`;
}
