import https from 'node:https';
import tls from 'node:tls';
import type { Listener } from '../../../simulator/elbv2/state.ts';

/** One request over TLS and HTTP/1.1; resolves with the error code when TLS fails. */
export function httpsGet(
  listener: Listener,
  ca: string,
  options: https.RequestOptions = {},
): Promise<{ status: number | undefined; body: string; alpn: string | false | null }> {
  return new Promise((resolve, reject) => {
    https
      .get(
        {
          ...listener.address,
          servername: 'shop.test',
          ca,
          agent: false,
          headers: { host: 'shop.test' },
          ...options,
        },
        (response) => {
          const { alpnProtocol } = response.socket as tls.TLSSocket;
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode, body, alpn: alpnProtocol }),
          );
        },
      )
      .once('error', reject);
  });
}

/** Completes a handshake and tells what was agreed on. */
export function handshake(
  listener: Listener,
  ca: string,
  options: tls.ConnectionOptions,
): Promise<{
  alpn: string | false | null;
  version: string | null;
  subject: string | string[] | undefined;
}> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      ...listener.address,
      servername: 'shop.test',
      ca,
      ...options,
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve({
        alpn: socket.alpnProtocol,
        version: socket.getProtocol(),
        subject: socket.getPeerCertificate().subject.CN,
      });
      socket.destroy();
    });
  });
}
