import type { ProbeResponse } from '../ports/probe-transport.ts';

/** One Set-Cookie header. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** As spelled in the specification: Strict, Lax or None; undefined when it says nothing or something else. */
  readonly sameSite: 'Strict' | 'Lax' | 'None' | undefined;
  /** True when the cookie is taken back: Max-Age of zero or less, or an Expires in the past. */
  readonly expired: boolean;
  /** Everything behind the value, e.g. `Path=/; Secure`. */
  readonly attributes: string;
}

/** The cookies that an answer sets; headers without a name are not cookies (RFC 6265 section 5.2). */
export function cookiesOf(response: ProbeResponse, nowMs: number): SetCookie[] {
  if (response.kind !== 'response') return [];
  return setCookieHeaders(response).flatMap((header) => parseSetCookie(header, nowMs) ?? []);
}

/** Each Set-Cookie header by itself. */
export function setCookieHeaders(
  response: Extract<ProbeResponse, { readonly kind: 'response' }>,
): readonly string[] {
  const joined = response.headers['set-cookie'];
  return response.setCookies ?? (joined === undefined ? [] : [joined]);
}

function parseSetCookie(header: string, nowMs: number): SetCookie | undefined {
  const [pair = '', ...rest] = header.split(';');
  const equals = pair.indexOf('=');
  if (equals <= 0) return undefined;
  const attributes = rest.map((part) => part.trim()).filter((part) => part !== '');
  const attribute = (name: string) =>
    attributes
      .map((one) => one.split('='))
      .findLast(([key = '']) => key.trim().toLowerCase() === name)
      ?.slice(1)
      .join('=')
      .trim();
  const sameSite = attribute('samesite')?.toLowerCase();
  return {
    name: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    secure: attribute('secure') !== undefined,
    httpOnly: attribute('httponly') !== undefined,
    sameSite: (['Strict', 'Lax', 'None'] as const).find((one) => one.toLowerCase() === sameSite),
    expired: isExpired(attribute('max-age'), attribute('expires'), nowMs),
    attributes: attributes.join('; '),
  };
}

/** Max-Age has precedence over Expires (RFC 6265 section 5.3). */
function isExpired(
  maxAge: string | undefined,
  expires: string | undefined,
  nowMs: number,
): boolean {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  const untilMs = expires === undefined ? Number.NaN : Date.parse(expires);
  return untilMs <= nowMs;
}

/**
 * The cookies of one run of a flow. All steps go to one listener, so paths and domains are left aside: a name
 * stands for one cookie, and Secure ones are sent over HTTP too, as the test listener may lack TLS.
 */
export class CookieJar {
  readonly #values = new Map<string, string>();

  keep(response: ProbeResponse, nowMs: number): void {
    for (const { name, value, expired } of cookiesOf(response, nowMs)) {
      if (expired) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  /** Value of the Cookie header; undefined without cookies. `own` are those that the request sets itself. */
  header(own?: string): string | undefined {
    const ownNames = new Set((own ?? '').split(';').map((pair) => pair.split('=')[0]?.trim()));
    const kept = [...this.#values].flatMap(([name, value]) =>
      ownNames.has(name) ? [] : `${name}=${value}`,
    );
    const all = [...(own === undefined || own === '' ? [] : [own]), ...kept];
    return all.length === 0 ? undefined : all.join('; ');
  }

  get values(): readonly string[] {
    return [...this.#values.values()];
  }
}
