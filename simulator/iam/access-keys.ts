import { Ids } from '../core/ids.ts';
import { Random } from '../core/random.ts';
import type { RoleCredentials } from '../core/services.ts';
import type { Principal } from './principal.ts';

/** Credentials that the simulator handed out. */
export interface HandedOutKey extends Omit<RoleCredentials, 'sessionToken' | 'expiresAtMs'> {
  readonly principal: Principal;
  /** Absent for the lasting keys of users. */
  readonly sessionToken?: string;
  readonly expiresAtMs?: number;
  /** Lasting keys can be switched off. */
  status: 'Active' | 'Inactive' | 'Deleted';
  /** The administrator's session may do all, like himself. */
  readonly actsAs: 'principal' | 'administrator';
}

/**
 * Access keys by id. They come from their own random numbers, so that handing one out does not change what a
 * seed makes of everything else.
 */
export class AccessKeys {
  readonly #ids = new Ids(new Random(0x41_4b_49_41));
  readonly #keys = new Map<string, HandedOutKey>();

  /** `ASIA…` credentials of a session. */
  handOutSession(
    principal: Principal,
    expiresAtMs: number,
    actsAs: HandedOutKey['actsAs'] = 'principal',
  ): RoleCredentials {
    const credentials = {
      accessKeyId: `ASIA${this.#suffix()}`,
      secretAccessKey: this.#ids.hex(40),
      sessionToken: this.#ids.hex(96),
      expiresAtMs,
    };
    this.#keys.set(credentials.accessKeyId, {
      ...credentials,
      principal,
      status: 'Active',
      actsAs,
    });
    return credentials;
  }

  /** An `AKIA…` key of a user. */
  handOutLasting(principal: Principal): HandedOutKey {
    const key: HandedOutKey = {
      accessKeyId: `AKIA${this.#suffix()}`,
      secretAccessKey: this.#ids.hex(40),
      principal,
      status: 'Active',
      actsAs: 'principal',
    };
    this.#keys.set(key.accessKeyId, key);
    return key;
  }

  /** Undefined for a key that the simulator did not hand out. */
  find(accessKeyId: string): HandedOutKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** A renamed user keeps its keys and sessions. */
  rename(userId: string, arn: string): void {
    for (const [id, key] of this.#keys) {
      if (key.principal.userId !== userId) continue;
      this.#keys.set(id, { ...key, principal: { ...key.principal, arn, entityArn: arn } });
    }
  }

  /** Sixteen characters of the alphabet of access key ids. */
  #suffix(): string {
    return `${this.#ids.nameSuffix()}${this.#ids.nameSuffix()}`.slice(0, 16);
  }
}
