import { createServer as createHttp, type RequestListener } from 'node:http';
import {
  createSecureServer as createHttp2,
  createServer as createHttp2Cleartext,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import {
  type Authority,
  type CertificateRequest,
  issueAuthority,
  issueCertificate,
} from '../../simulator/core/certificates.ts';

export type Http2Listener = (
  stream: ServerHttp2Stream,
  headers: Readonly<Record<string, string | string[] | undefined>>,
) => void;

/** Real servers on loopback for tests at the wire, with the sockets they have accepted. */
export class LocalServers {
  readonly authority: Authority = issueAuthority();
  readonly accepted: Socket[] = [];
  readonly #servers: Server[] = [];

  http(listener: RequestListener): Promise<string> {
    return this.listen(createHttp(listener), 'http');
  }

  https(listener: RequestListener, certificate: Partial<CertificateRequest> = {}): Promise<string> {
    return this.listen(createHttps(this.certificate(certificate), listener), 'https');
  }

  /** HTTP/2 only, over TLS or, for `http`, with prior knowledge. */
  http2(listener: Http2Listener, scheme: 'http' | 'https' = 'https'): Promise<string> {
    const server = scheme === 'https' ? createHttp2(this.certificate()) : createHttp2Cleartext();
    server.on('sessionError', () => undefined);
    server.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      listener(stream, headers);
    });
    return this.listen(server as unknown as Server, scheme);
  }

  tcp(listener: (socket: Socket) => void): Promise<string> {
    return this.listen(createTcp(listener), 'http');
  }

  /** Key and chain for a server; by default for localhost and shop.example.com. */
  certificate(
    { dnsNames = ['localhost', 'shop.example.com'], ...rest }: Partial<CertificateRequest> = {},
    authority = this.authority,
  ): { readonly key: string; readonly cert: string } {
    const issued = issueCertificate(authority, { dnsNames, ...rest });
    return { key: issued.privateKeyPem, cert: `${issued.certificatePem}${issued.chainPem}` };
  }

  /** Resolves when every connection that was ever accepted is gone; a leaked one times the test out. */
  async deserted(): Promise<void> {
    await Promise.all(
      this.accepted
        .filter(({ closed }) => !closed)
        .map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
  }

  async stop(): Promise<void> {
    for (const socket of this.accepted.splice(0)) socket.destroy();
    await Promise.all(
      this.#servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))),
    );
  }

  /** Starts a server of the test's own; resolves with its origin. */
  async listen(server: Server, scheme: string): Promise<string> {
    this.#servers.push(server);
    server.on('connection', (socket: Socket) => {
      socket.on('error', () => undefined);
      this.accepted.push(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    return `${scheme}://localhost:${address.port}`;
  }
}
