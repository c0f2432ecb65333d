import http, { type IncomingMessage, ServerResponse } from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { SocketAddress } from '../core/services.ts';
import { sendError, statusPage } from './balancer-responses.ts';
import { BalancerRequest } from './client-request.ts';
import type { ClientExchange, RequestRouter } from './request-router.ts';
import type { Listener } from './state.ts';
import { contextFor, defaultContext, type FindCertificate } from './tls-contexts.ts';

export interface ListenerFrontOptions {
  readonly router: RequestRouter;
  readonly findCertificate: FindCertificate;
  /** A client and the listener could not agree on a TLS connection. */
  readonly onTlsError: (listener: Listener) => void;
}

/** All headers of a request together: 64 K (ALB guide, "Quotas"). */
const largestHeaders = 65_536;
/** Requests that one HTTP/2 connection may carry at a time. */
const mostStreams = 128;

/**
 * The real server behind one listener: HTTP/1.1, or TLS with HTTP/2 and HTTP/1.1. Its traffic never holds
 * the virtual clock (design D11).
 */
export class ListenerFront {
  readonly #options: ListenerFrontOptions;
  readonly #sockets = new Set<Socket>();
  readonly #http1: http.Server;
  readonly #http2: http2.Http2Server;
  readonly #tls: tls.Server;
  /** Takes the connections and gives them to the others, so that its port stays when the protocol changes. */
  readonly #server: net.Server;
  #listener: Listener | undefined;

  constructor(options: ListenerFrontOptions) {
    this.#options = options;
    this.#http1 = http.createServer(
      {
        IncomingMessage: BalancerRequest,
        keepAliveTimeout: 60_000,
        maxHeaderSize: largestHeaders,
        // The router refuses what has none with the balancer's own page.
        requireHostHeader: false,
      },
      (request, response) => this.#answer({ request, response }),
    );
    this.#http1.on('clientError', refuseUnreadable);
    this.#http1.on('upgrade', (request, socket, head) => {
      if (socket instanceof net.Socket) this.#upgrade(request, socket, head);
      else socket.destroy();
    });
    this.#http2 = http2.createServer(
      { settings: { maxConcurrentStreams: mostStreams } },
      (request, response) => this.#answer({ request, response }),
    );
    this.#tls = tls.createServer({
      ALPNCallback: ({ protocols }) => this.#protocols().find((each) => protocols.includes(each)),
      SNICallback: (name, done) => this.#chooseContext(name, done),
    });
    this.#tls.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      (socket.alpnProtocol === 'h2' ? this.#http2 : this.#http1).emit('connection', socket);
    });
    this.#tls.on('tlsClientError', () => {
      if (this.#listener) this.#options.onTlsError(this.#listener);
    });
    this.#server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      // Node takes its own listener away with an upgrade.
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
      (this.#listener?.tls ? this.#tls : this.#http1).emit('connection', socket);
    });
  }

  async start(): Promise<SocketAddress> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Requests are answered by this listener's rules, with its certificates, from now on. */
  serve(listener: Listener): void {
    this.#listener = listener;
    if (!listener.tls) return;
    this.#tls.setSecureContext(defaultContext(listener.tls, this.#options.findCertificate));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  #protocols(): readonly string[] {
    const http2Enabled = this.#listener?.loadBalancer.attributes.get('routing.http2.enabled');
    return http2Enabled === 'false' ? ['http/1.1'] : ['h2', 'http/1.1'];
  }

  #chooseContext(
    name: string,
    done: (error: Error | null, context?: tls.SecureContext) => void,
  ): void {
    const listenerTls = this.#listener?.tls;
    done(null, listenerTls && contextFor(name, listenerTls, this.#options.findCertificate));
  }

  /** Until the target agrees to the upgrade, the socket belongs to an ordinary response. */
  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    const release = () => response.detachSocket(socket);
    this.#answer({ request, response, upgrade: { socket, head, release } });
  }

  #answer(exchange: ClientExchange): void {
    exchange.request.on('error', () => {});
    exchange.response.on('error', () => {});
    if (this.#listener) void this.#options.router.answer(this.#listener, exchange);
    else sendError(exchange.response, 503);
  }
}

/** A request that is no HTTP: 505 for a version and 501 for a transfer encoding that is not known, else 400. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const statuses: Readonly<Record<string, number>> = {
    HPE_INVALID_VERSION: 505,
    HPE_INVALID_TRANSFER_ENCODING: 501,
    ERR_HTTP_REQUEST_TIMEOUT: 408,
  };
  const status = statuses[error.code ?? ''] ?? 400;
  const { title, body, headers } = statusPage(status);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${title}\r\n${lines.join('')}connection: close\r\n\r\n${body}`);
}
