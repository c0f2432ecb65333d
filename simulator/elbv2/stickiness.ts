import type { IncomingHttpHeaders } from 'node:http';
import type { TargetKey } from './registered-target.ts';
import type { RoutingAction, TargetGroup } from './state.ts';

/** Where the cookies of a request bind it to. */
export interface Bound {
  /** ARN of a target group, by the cookie AWSALBTG. */
  readonly groupArn: string | undefined;
  /** `ID:PORT` of a target of `group`, by AWSALB or AWSALBAPP-0. */
  target(group: TargetGroup): string | undefined;
}

const unbound: Bound = { groupArn: undefined, target: () => undefined };

/** Cookies whose names end in CORS repeat the others for cross-site requests (ALB guide, "Sticky sessions"). */
const names = { group: 'AWSALBTG', target: 'AWSALB', app: 'AWSALBAPP-0' } as const;

/** Reads the balancer's cookies; those whose duration is over on the virtual clock bind to nothing. */
export function readBound(
  action: RoutingAction & { type: 'forward' },
  cookieHeader: string | undefined,
  nowMs: number,
): Bound {
  if (!cookieHeader?.includes(names.target)) return unbound;
  const cookies = parseCookies(cookieHeader);
  const value = (name: string, durationSeconds: number): string | undefined => {
    const [issued = '', ...rest] = decode(cookies.get(name) ?? cookies.get(corsOf(name)));
    const age = nowMs - Number(issued);
    return rest.length > 0 && age <= durationSeconds * 1_000 ? rest.join(' ') : undefined;
  };
  const { stickiness } = action;
  return {
    groupArn: stickiness?.enabled ? value(names.group, stickiness.durationSeconds) : undefined,
    target(group) {
      const sticky = targetStickiness(group);
      if (!sticky) return undefined;
      if (sticky.appCookie !== undefined && !cookies.has(sticky.appCookie)) return undefined;
      const bound = value(
        sticky.appCookie === undefined ? names.target : names.app,
        sticky.seconds,
      );
      const [fullName, target] = bound?.split(' ') ?? [];
      return fullName === group.fullName ? target : undefined;
    },
  };
}

/** What decides about the cookies of one answer. */
export interface Answered {
  readonly action: RoutingAction & { type: 'forward' };
  readonly group: TargetGroup;
  readonly target: TargetKey;
  readonly secure: boolean;
  readonly nowMs: number;
  /** Headers of the target's answer. */
  readonly headers: IncomingHttpHeaders;
}

/** Set-Cookie values for an answer; none where nothing is sticky. */
export function cookiesFor(answered: Answered): string[] {
  const { action, group, target, nowMs } = answered;
  const cookies: string[] = [];
  const add = (name: string, text: string, seconds: number) => {
    const value = encode(`${nowMs} ${text}`);
    const expires = new Date(nowMs + seconds * 1_000).toUTCString();
    cookies.push(`${name}=${value}; Expires=${expires}; Path=/`);
    if (name === names.app) return;
    const sameSite = answered.secure ? '; SameSite=None; Secure' : '; SameSite=None';
    cookies.push(`${corsOf(name)}=${value}; Expires=${expires}; Path=/${sameSite}`);
  };
  if (action.stickiness?.enabled) add(names.group, group.arn, action.stickiness.durationSeconds);
  const sticky = targetStickiness(group);
  if (!sticky) return cookies;
  const text = `${group.fullName} ${target.id}:${target.port}`;
  if (sticky.appCookie === undefined) add(names.target, text, sticky.seconds);
  else if (setsCookie(answered.headers, sticky.appCookie)) add(names.app, text, sticky.seconds);
  return cookies;
}

export function isSticky(action: RoutingAction & { type: 'forward' }, group: TargetGroup): boolean {
  return (
    action.stickiness?.enabled === true || group.attributes.get('stickiness.enabled') === 'true'
  );
}

function targetStickiness({ attributes }: TargetGroup) {
  if (attributes.get('stickiness.enabled') !== 'true') return undefined;
  const type = attributes.get('stickiness.type');
  return {
    appCookie:
      type === 'app_cookie' ? attributes.get('stickiness.app_cookie.cookie_name') : undefined,
    seconds: Number(attributes.get(`stickiness.${type}.duration_seconds`) ?? 86_400),
  };
}

function setsCookie(headers: IncomingHttpHeaders, name: string): boolean {
  // undici tells a single one as text, against its type.
  const set: string[] = [headers['set-cookie'] ?? []].flat();
  return set.some((cookie) => cookie.startsWith(`${name}=`));
}

function corsOf(name: string): string {
  return `${name}CORS`;
}

function parseCookies(header: string): Map<string, string> {
  return new Map(
    header.split(';').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** AWS encrypts the values; clients must take ours for as opaque. */
function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(value: string | undefined): string[] {
  return value === undefined ? [] : Buffer.from(value, 'base64').toString().split(' ');
}
