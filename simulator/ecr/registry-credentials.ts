import type http from 'node:http';
import type { World } from '../core/world.ts';
import type { Caller } from '../wire/operation.ts';
import { RegistryError } from './registry/registry-error.ts';

interface Login {
  readonly expiresAtMs: number;
  /** Who asked GetAuthorizationToken for it. */
  readonly caller: Caller;
}

/** Passwords that GetAuthorizationToken gave, to whom, and until when they are good. */
export class RegistryCredentials {
  readonly #world: World;
  readonly #logins = new Map<string, Login>();

  constructor(world: World) {
    this.#world = world;
  }

  remember(password: string, login: Login): void {
    const nowMs = this.#world.clock.now();
    for (const [old, { expiresAtMs }] of this.#logins) {
      if (expiresAtMs <= nowMs) this.#logins.delete(old);
    }
    this.#logins.set(password, login);
  }

  /**
   * Lets everybody through unless the setting `requireRegistryCredentials` is on; then user `AWS` with a password
   * of GetAuthorizationToken, as ECR does. Resolves who that is; undefined for who shows no password that is good.
   * Throws RegistryError 401 with the challenge that clients look for.
   */
  check(request: http.IncomingMessage, query: URLSearchParams): Caller | undefined {
    // A download URL that ECR gave is pre-signed and needs nothing else.
    if (query.has('X-Amz-Signature')) return undefined;
    const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const [user, password = ''] = splitAt(Buffer.from(encoded, 'base64').toString(), ':');
    const login = this.#logins.get(password);
    if (user === 'AWS' && login !== undefined && this.#world.clock.now() < login.expiresAtMs) {
      return login.caller;
    }
    if (!this.#world.settings.requireRegistryCredentials) return undefined;
    const realm = `${this.#world.endpoint()}/`;
    // ECR's own challenge and its words, as clients print them.
    throw new RegistryError(
      401,
      'UNAUTHORIZED',
      user === 'AWS'
        ? 'Your authorization token has expired. Reauthenticate and try again.'
        : 'no basic auth credentials',
      { 'www-authenticate': `Basic realm="${realm}",service="ecr.amazonaws.com"` },
    );
  }
}

function splitAt(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
