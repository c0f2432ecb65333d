import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SocketAddress } from '../core/services.ts';
import { sendError, sendFixedResponse, sendRedirect } from './balancer-responses.ts';
import { headersForTarget } from './forwarded-headers.ts';
import type { RequestProxy } from './request-proxy.ts';
import { chooseAction } from './rule-matching.ts';
import type { Listener, RoutingAction, TargetGroup } from './state.ts';
import type { TargetRegistry } from './target-registry.ts';

/** One finished request through a listener. */
export interface FinishedRequest {
  readonly listenerArn: string;
  readonly listenerPort: number;
  readonly targetGroupName: string | undefined;
  readonly targetId: string | undefined;
  /** As the client saw it; 460 when the client went away first. */
  readonly status: number;
  readonly userAgent: string | undefined;
  readonly durationMs: number;
  /** Without query. */
  readonly path: string;
}

/** What metrics need besides. */
export interface RequestOutcome {
  readonly request: FinishedRequest;
  readonly listener: Listener;
  readonly targetGroup: TargetGroup | undefined;
  readonly answeredByTarget: boolean;
}

export interface ListenerFrontOptions {
  readonly proxy: RequestProxy;
  /** Next target group of a forward action by weight; undefined when all weigh 0. */
  readonly chooseGroup: (
    action: RoutingAction & { type: 'forward' },
  ) => { group: TargetGroup; targets: TargetRegistry } | undefined;
  readonly onOutcome: (outcome: RequestOutcome) => void;
}

/** The real HTTP server behind one listener. Its traffic never holds the virtual clock (design D11). */
export class ListenerFront {
  readonly #options: ListenerFrontOptions;
  readonly #server: http.Server;
  #listener: Listener | undefined;

  constructor(options: ListenerFrontOptions) {
    this.#options = options;
    this.#server = http.createServer((request, response) => void this.#answer(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  async start(): Promise<SocketAddress> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Requests are answered by this listener's rules from now on. */
  serve(listener: Listener): void {
    this.#listener = listener;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const listener = this.#listener;
    if (!listener) return sendError(response, 503);
    const sourceIp = request.socket.remoteAddress ?? '';
    request.on('error', () => {});
    response.on('error', () => {});
    const action = chooseAction(listener, {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      sourceIp,
    });
    const result = await this.#act(listener, action, request, response);
    this.#options.onOutcome({
      listener,
      targetGroup: result.group,
      answeredByTarget: result.answeredByTarget,
      request: {
        listenerArn: listener.arn,
        listenerPort: listener.port,
        targetGroupName: result.group?.name,
        targetId: result.targetId,
        status: result.status,
        userAgent: request.headers['user-agent'],
        durationMs: performance.now() - startedAt,
        path: (request.url ?? '/').split('?', 1)[0] ?? '/',
      },
    });
  }

  async #act(
    listener: Listener,
    action: RoutingAction,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{
    status: number;
    answeredByTarget: boolean;
    group?: TargetGroup;
    targetId?: string;
  }> {
    if (action.type === 'fixed-response') {
      return { status: sendFixedResponse(response, action.response), answeredByTarget: false };
    }
    if (action.type === 'redirect') {
      const status = sendRedirect(response, request, action.redirect, listener.port);
      return { status, answeredByTarget: false };
    }
    const chosen = this.#options.chooseGroup(action);
    const target = chosen?.targets.pick();
    if (!chosen || !target) {
      sendError(response, 503);
      return { status: 503, answeredByTarget: false, ...(chosen && { group: chosen.group }) };
    }
    const reached = { group: chosen.group, targetId: target.id };
    const address = chosen.targets.addressOf(target);
    if (!address) {
      sendError(response, 504);
      return { status: 504, answeredByTarget: false, ...reached };
    }
    const proxied = await this.#options.proxy.forward(request, response, {
      address,
      headers: headersForTarget(request, listener.port, request.socket.remoteAddress ?? ''),
      idleTimeoutMs:
        Number(listener.loadBalancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1_000,
    });
    return { ...proxied, ...reached };
  }
}
