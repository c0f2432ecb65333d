import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { World } from '../core/world.ts';

/** SNS gives an endpoint 15 seconds to answer (SNS guide, HTTP/HTTPS endpoints). */
const timeoutMs = 15_000;

/**
 * Posts to an HTTP(S) endpoint on this machine or to a name of the simulated network; resolves to why it failed,
 * undefined after a 2xx answer. Nothing leaves loopback.
 */
export async function postMessage(
  world: World,
  endpoint: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const url = new URL(endpoint);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const address = world.network.resolve(name, port) ?? ownAddress(name, port);
  if (!address) return `${url.host} is not on this machine`;
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const sent = request(
      {
        host: address.host,
        port: address.port,
        servername: isIP(name) ? '' : name,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        agent: false,
        timeout: timeoutMs,
        headers: {
          host: url.host,
          'content-type': 'text/plain; charset=UTF-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Amazon Simple Notification Service Agent',
          ...headers,
        },
      },
      (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.once('close', () =>
          resolve(statusCode >= 200 && statusCode < 300 ? undefined : `HTTP ${statusCode}`),
        );
      },
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer in 15 seconds')));
    sent.once('error', (error) => resolve(error.message));
    sent.end(body);
  });
}

function ownAddress(name: string, port: number) {
  const own = name === 'localhost' || name === '::1' || name.startsWith('127.');
  return own ? { host: name, port } : undefined;
}
