import type { RequestBody, TlsSettings } from '../config/request-schemas.ts';
import { InvalidConfigError } from '../errors.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { ProbeRequest } from '../ports/probe-transport.ts';
import { expandJson, expandReferences, type ReferenceValues, referencesIn } from './references.ts';
import type { SchedulePlan } from './run-schedule.ts';

/** Bytes of a body that checks can see; a release check has no business with more. */
export const maxBodyBytes = 256 * 1024;

const closedLoopConcurrency = 4;
/** With a rate, this many may be unanswered before slow answers delay others. */
const openLoopConcurrency = 64;

/** What is to be sent, and how many at a time; pure data, the transport carries it out. */
export interface ProbePlan {
  readonly request: ProbeRequest;
  readonly requests: number;
  readonly concurrency: number;
}

/** What a request is made from; expectations have no part in it. */
export interface RequestSettings {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  readonly timeoutMs: number;
  readonly protocol?: ProbeRequest['protocol'];
  readonly tls?: TlsSettings;
}

/** How many requests, and how fast. */
export interface PaceSettings {
  readonly requests: number;
  readonly concurrency?: number | undefined;
  readonly ratePerSecond?: number | undefined;
  readonly maxTotalSeconds?: number | undefined;
}

/** Plan of one HTTP check through a listener; the header tells the service's logs who asked. */
export function planProbe(
  check: RequestSettings & PaceSettings,
  listener: Listener,
  deploymentId: string,
  values: ReferenceValues = { secrets: {}, captured: {}, deploymentId },
): ProbePlan {
  const { requests, concurrency } = planSchedule(check);
  return { request: planRequest(check, listener, values), requests, concurrency };
}

/** Schedule of a check. */
export function planSchedule(pace: PaceSettings): SchedulePlan {
  const { requests, ratePerSecond, maxTotalSeconds } = pace;
  const fallback = ratePerSecond === undefined ? closedLoopConcurrency : openLoopConcurrency;
  return {
    requests,
    concurrency: Math.min(pace.concurrency ?? fallback, requests),
    ratePerSecond,
    maxTotalMs: maxTotalSeconds === undefined ? undefined : maxTotalSeconds * 1_000,
  };
}

/** One request with its references replaced. */
export function planRequest(
  settings: RequestSettings,
  listener: Listener,
  values: ReferenceValues,
): ProbeRequest {
  const { method, timeoutMs, protocol, tls } = settings;
  const body = renderBody(settings.body, values);
  const isJson = typeof settings.body === 'object';
  return {
    url: listenerUrl(listener, expandReferences(settings.path, values, encodeURIComponent)),
    method,
    headers: {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...planHeaders(settings.headers, values),
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs,
    maxBodyBytes,
    ...(protocol === undefined ? {} : { protocol }),
    ...(tls === undefined ? {} : { tls }),
  };
}

/**
 * Headers of a request by lower-case name; the last one tells the service's logs who asked. Throws
 * InvalidConfigError for a value that cannot be sent once its references are replaced.
 */
export function planHeaders(
  headers: Readonly<Record<string, string>>,
  values: ReferenceValues,
): Record<string, string> {
  const own = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    sendable(name, value, expandReferences(value, values)),
  ]);
  return { ...Object.fromEntries(own), 'x-greengate-probe': values.deploymentId };
}

/** HTTP/1.1 refuses it, HTTP/2 may send it on to a service that trips over it; either way nobody would know why. */
function sendable(name: string, written: string, value: string): string {
  const [character] = /[^\t\x20-\x7e\x80-\xff]/u.exec(value) ?? [];
  if (character === undefined) return value;
  const what = /[\r\n]/.test(character) ? 'a line break' : 'a character that no header can carry';
  const mend =
    referencesIn(written).length === 0 ? 'write it without' : 'store or encode it without';
  throw new InvalidConfigError(
    `Cannot send header ${name}: ${written}, which holds ${what}: ${mend}`,
  );
}

/** The text that is sent; undefined for no body. */
export function renderBody(
  body: RequestBody | undefined,
  values: ReferenceValues,
): string | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string'
    ? expandReferences(body, values)
    : JSON.stringify(expandJson(body.json, values));
}

/** URL of a path behind a listener. */
export function listenerUrl(listener: Listener, path: string): string {
  return `${listener.protocol.toLowerCase()}://${listener.host}:${listener.port}${path}`;
}
