import type {
  ProbeRequest,
  ProbeResponse,
  ProbeTimings,
  ProbeTransport,
} from '../ports/probe-transport.ts';
import type { CookieJar } from './cookies.ts';
import type { Exchange, RedirectTarget } from './exchange.ts';

export interface FollowOptions {
  /** Most redirects that are followed; 0 leaves the answer as it is. */
  readonly follow: number;
  /** Epoch milliseconds after which nothing further is sent, and no answer is awaited. */
  readonly endsAtMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Cookies that are sent, and kept from each answer. */
  readonly cookies?: CookieJar | undefined;
}

/**
 * Sends a request and follows its redirects. All of them go to the listener that the request names: what a
 * redirect says of host, scheme and port is what users see, and it is followed only if its host is the one that
 * the request was for (the Host header, else the listener's). Another host is not the release's doing any more.
 */
export async function sendFollowing(
  request: ProbeRequest,
  transport: ProbeTransport,
  signal: AbortSignal,
  { follow, endsAtMs, now, cookies }: FollowOptions,
): Promise<Exchange> {
  let current = request;
  let earlier: ProbeResponse | undefined;
  let redirect: RedirectTarget | undefined;
  for (let followed = 0; ; followed++) {
    const timeoutMs = boundedTimeoutMs(request.timeoutMs, endsAtMs - now());
    const answer = await transport.send({ ...withCookies(current, cookies), timeoutMs }, signal);
    cookies?.keep(answer, now());
    const response = earlier === undefined ? answer : addTimes(earlier, answer);
    const target = redirectTarget(current, answer);
    redirect = target ?? redirect;
    const done = { response, redirect, followed };
    if (target === undefined || follow === 0) return done;
    if (target.path === undefined) return { ...done, stuck: 'other-host' };
    if (followed === follow) return { ...done, stuck: lastStuck(current, target.path) };
    if (signal.aborted || now() >= endsAtMs) return cutOff(done);
    earlier = response;
    current = nextRequest(current, answer, target.path);
  }
}

/** A redirect to HTTPS leads back to the same path at an HTTP listener: worth another word than a long chain. */
function lastStuck({ url }: ProbeRequest, path: string): 'same-path' | 'too-many' {
  const { pathname, search } = new URL(url);
  return path === `${pathname}${search}` ? 'same-path' : 'too-many';
}

function withCookies(request: ProbeRequest, cookies: CookieJar | undefined): ProbeRequest {
  const cookie = cookies?.header(request.headers.cookie);
  return cookie === undefined ? request : { ...request, headers: { ...request.headers, cookie } };
}

/** Timers are kept in whole milliseconds and may fire that much early. */
const timerSlackMs = 2;

/** Whether a request that just ended without an answer was ended by our own limit for all. */
export function timeIsUp(nowMs: number, endsAtMs: number): boolean {
  return nowMs >= endsAtMs - timerSlackMs;
}

/** The time of one request when only `leftMs` are left for all. */
export function boundedTimeoutMs(timeoutMs: number, leftMs: number): number {
  return Math.min(timeoutMs, Math.max(1, Math.floor(leftMs)));
}

/** Our own time was up in the middle of a chain: that is no answer, and no fault of the service. */
function cutOff(exchange: Exchange): Exchange {
  const { durationMs } = exchange.response;
  return {
    ...exchange,
    response: {
      kind: 'no-response',
      reason: 'the time was up before the next redirect',
      durationMs,
    },
  };
}

/** Where an answer redirects to; undefined for any other answer and for a Location that is no address. */
export function redirectTarget(
  request: Pick<ProbeRequest, 'url' | 'headers'>,
  response: ProbeResponse,
): RedirectTarget | undefined {
  if (response.kind !== 'response' || ![301, 302, 303, 307, 308].includes(response.status)) {
    return undefined;
  }
  const { location } = response.headers;
  if (location === undefined) return undefined;
  const base = new URL(request.url);
  const listenerHost = base.hostname;
  const publicHost = request.headers.host;
  if (publicHost !== undefined && URL.canParse(`${base.protocol}//${publicHost}`)) {
    base.host = publicHost;
    // Without a port of its own the Host header means the default one.
    if (!/:\d+$/.test(publicHost)) base.port = '';
  }
  if (!URL.canParse(location, base.href)) return undefined;
  const target = new URL(location, base.href);
  const own =
    /^https?:$/.test(target.protocol) && [listenerHost, base.hostname].includes(target.hostname);
  return { url: target.href, path: own ? `${target.pathname}${target.search}` : undefined };
}

/** As browsers do (Fetch standard, HTTP-redirect fetch): 303 always, 301 and 302 after POST turn into GET. */
function nextRequest(current: ProbeRequest, answer: ProbeResponse, path: string): ProbeRequest {
  const url = `${new URL(current.url).origin}${path}`;
  const status = answer.kind === 'response' ? answer.status : 0;
  const turns =
    (status === 303 && !['GET', 'HEAD'].includes(current.method)) ||
    ([301, 302].includes(status) && current.method === 'POST');
  if (!turns) return { ...current, url };
  const { body: _, ...rest } = current;
  const headers = Object.fromEntries(
    Object.entries(current.headers).filter(([name]) => !name.startsWith('content-')),
  );
  return { ...rest, headers, url, method: 'GET' };
}

function addTimes(earlier: ProbeResponse, later: ProbeResponse): ProbeResponse {
  const durationMs = earlier.durationMs + later.durationMs;
  if (earlier.timings === undefined || later.timings === undefined) return { ...later, durationMs };
  const sum = (phase: keyof ProbeTimings) =>
    (earlier.timings?.[phase] ?? 0) + (later.timings?.[phase] ?? 0);
  const timings = {
    dnsMs: sum('dnsMs'),
    connectMs: sum('connectMs'),
    tlsMs: sum('tlsMs'),
    firstByteMs: sum('firstByteMs'),
    totalMs: sum('totalMs'),
  };
  return { ...later, durationMs, timings };
}
