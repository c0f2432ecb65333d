import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Http2ServerResponse } from 'node:http2';
import { sendError, sendFixedResponse, sendRedirect } from './balancer-responses.ts';
import {
  type ClientRequest,
  type ClientResponse,
  fitsVersion,
  headersOf,
  isHttp2,
} from './client-request.ts';
import type { RequestOutcome } from './finished-request.ts';
import { headersForTarget } from './forwarded-headers.ts';
import type { Http2Targets } from './http2-targets.ts';
import type { RegisteredTarget } from './registered-target.ts';
import type { Proxied, ProxyTarget, RequestProxy } from './request-proxy.ts';
import { chooseAction } from './rule-matching.ts';
import type { Listener, RoutingAction, TargetGroup } from './state.ts';
import { type Bound, cookiesFor, isSticky, readBound } from './stickiness.ts';
import type { TargetRegistry } from './target-registry.ts';
import { TraceIds } from './trace-id.ts';
import { type ClientSocket, openTunnel } from './web-socket-tunnel.ts';

export interface RequestRouterOptions {
  readonly proxy: RequestProxy;
  readonly http2Targets: Http2Targets;
  /** Next target group of a forward action by weight; undefined when all weigh 0. */
  readonly chooseGroup: (
    action: RoutingAction & { type: 'forward' },
    bound: Bound,
  ) => { group: TargetGroup; targets: TargetRegistry } | undefined;
  /** Virtual time, by which sticky sessions end. */
  readonly now: () => number;
  readonly onOutcome: (outcome: RequestOutcome) => void;
}

/** A request, or the upgrade that one asks for. */
export type ClientExchange =
  | { readonly request: ClientRequest; readonly response: ClientResponse; readonly upgrade?: never }
  | {
      readonly request: IncomingMessage;
      readonly response: ClientResponse;
      readonly upgrade: ClientSocket;
    };

interface Result extends Proxied {
  readonly group?: TargetGroup;
  readonly targetId?: string;
}

/** More addresses than this in X-Forwarded-For are refused with 463. */
const mostForwardedAddresses = 30;
/** Request line of an Application Load Balancer: 16 K (ALB guide, "Quotas"). */
const longestUrl = 16_384;
/** One header of a request: 16 K, where many servers take more and others less ("Quotas" as well). */
const longestHeader = 16_384;

/** Answers what comes in through a listener: by a rule's own answer, or by a target. */
export class RequestRouter {
  readonly #options: RequestRouterOptions;
  readonly #traceIds = new TraceIds();

  constructor(options: RequestRouterOptions) {
    this.#options = options;
  }

  async answer(listener: Listener, exchange: ClientExchange): Promise<void> {
    const startedAt = performance.now();
    const { request } = exchange;
    const result = await this.#act(listener, exchange);
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
        protocol: exchange.upgrade ? 'websocket' : isHttp2(request) ? 'h2' : 'http/1.1',
      },
    });
  }

  async #act(listener: Listener, exchange: ClientExchange): Promise<Result> {
    const { request, response } = exchange;
    const own = (status: number, reached: Partial<Result> = {}): Result => {
      sendError(response, status);
      return { status, answeredByTarget: false, ...reached };
    };
    const headers = headersOf(request);
    const refused = refusal(request);
    if (refused !== undefined) return own(refused);
    const action = chooseAction(listener, {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers,
      sourceIp: request.socket.remoteAddress ?? '',
    });
    if (action.type === 'fixed-response') {
      return { status: sendFixedResponse(response, action.response), answeredByTarget: false };
    }
    if (action.type === 'redirect') {
      const status = sendRedirect(response, request, action.redirect, listener);
      return { status, answeredByTarget: false };
    }
    const bound = readBound(action, headers.cookie, this.#options.now());
    const chosen = this.#options.chooseGroup(action, bound);
    if (!chosen) return own(503);
    const { group, targets } = chosen;
    if (!fitsVersion(request, group.protocolVersion)) return own(464, { group });
    const target = targets.pick(bound.target(group));
    if (!target) return own(503, { group });
    const reached = { group, targetId: target.id };
    const address = targets.addressOf(target);
    if (!address) return own(504, reached);
    const idleSeconds = listener.loadBalancer.attributes.get('idle_timeout.timeout_seconds') ?? 60;
    const received = [headers['x-amzn-trace-id']].flat()[0];
    const traceId = this.#traceIds.valueFor(received, this.#options.now());
    const cookies = isSticky(action, group)
      ? (answered: IncomingHttpHeaders) =>
          cookiesFor({
            action,
            group,
            target,
            secure: listener.tls !== undefined,
            nowMs: this.#options.now(),
            headers: answered,
          })
      : undefined;
    target.outstanding++;
    const proxied = await this.#forward(exchange, target, group, {
      address,
      cookies,
      headers: headersForTarget(request, listener, traceId),
      idleTimeoutMs: Number(idleSeconds) * 1_000,
    });
    target.outstanding--;
    return { ...proxied, ...reached };
  }

  #forward(
    exchange: ClientExchange,
    registered: RegisteredTarget,
    { protocolVersion }: TargetGroup,
    target: ProxyTarget,
  ): Promise<Proxied> {
    const { request, response, upgrade } = exchange;
    if (upgrade) {
      return openTunnel(request, response, upgrade, target, (close) => {
        registered.tunnels.add(close);
        return () => registered.tunnels.delete(close);
      });
    }
    return protocolVersion !== 'HTTP1' &&
      isHttp2(request) &&
      response instanceof Http2ServerResponse
      ? this.#options.http2Targets.forward(request, response, target)
      : this.#options.proxy.forward(request, response, target);
  }
}

/**
 * Requests that no rule gets to see: 405 for TRACE, 400 without a Host, 414 for too long a URL, 400 for too long a
 * header, 463 for too long a list of forwarders (ALB guide, "Troubleshoot your Application Load Balancers").
 */
function refusal(request: ClientRequest): number | undefined {
  const { method, headers, url = '' } = request;
  if (method === 'TRACE') return 405;
  if (request.httpVersion === '1.1' && headers.host === undefined) return 400;
  if (url.length > longestUrl) return 414;
  if (request.rawHeaders.some((nameOrValue) => nameOrValue.length > longestHeader)) return 400;
  if (headers['x-forwarded-for'] === undefined) return undefined;
  const forwarders = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  return forwarders.length > mostForwardedAddresses ? 463 : undefined;
}
