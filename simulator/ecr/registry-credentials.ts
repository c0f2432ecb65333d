import type http from 'node:http';
import type { World } from '../core/world.ts';
import { RegistryError } from './registry/registry-error.ts';

/** Passwords that GetAuthorizationToken gave, and until when they are good. */
export class RegistryCredentials {
  readonly #world: World;
  readonly #expiresAtMs = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  remember(password: string, expiresAtMs: number): void {
    const nowMs = this.#world.clock.now();
    for (const [old, endMs] of this.#expiresAtMs) {
      if (endMs <= nowMs) this.#expiresAtMs.delete(old);
    }
    this.#expiresAtMs.set(password, expiresAtMs);
  }

  /**
   * Lets everybody through unless the setting `requireRegistryCredentials` is on; then user `AWS` with a password
   * of GetAuthorizationToken, as ECR does. Throws RegistryError 401 with the challenge that clients look for.
   */
  check(request: http.IncomingMessage, query: URLSearchParams): void {
    // A download URL that ECR gave is pre-signed and needs nothing else.
    if (!this.#world.settings.requireRegistryCredentials || query.has('X-Amz-Signature')) return;
    const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const [user, password = ''] = splitAt(Buffer.from(encoded, 'base64').toString(), ':');
    const expiresAtMs = this.#expiresAtMs.get(password);
    if (user === 'AWS' && expiresAtMs !== undefined && this.#world.clock.now() < expiresAtMs) {
      return;
    }
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
