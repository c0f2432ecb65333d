import type { Identity } from '../core/arns.ts';
import type { RequestContext } from './policy-variables.ts';
import type { Principal } from './principal.ts';

/** Condition keys as a service gives them: one value, several, or none. */
export type ContextKeys = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface CallFacts {
  readonly identity: Identity;
  readonly nowMs: number;
  readonly principal?: Principal | undefined;
  readonly principalTags?: ReadonlyMap<string, string> | undefined;
  /** Address of the client; absent for what services do. */
  readonly sourceIp?: string | undefined;
  /** Set when a service acts for itself. */
  readonly service?: string | undefined;
  /** Keys that cost something to find. */
  readonly moreKeys?: ((key: string) => string | undefined) | undefined;
}

/**
 * The keys of one request: what the operation gives, before the global keys (IAM user guide, "AWS global
 * condition context keys"). Calls come over plain HTTP on loopback, which stands for TLS: `aws:SecureTransport`
 * is true.
 */
export function requestContext(facts: CallFacts, keys: ContextKeys): RequestContext {
  const given = normalized(keys);
  return {
    get: (key) => {
      const own = given.get(key);
      if (own) return own;
      const value = globalKey(facts, key) ?? facts.moreKeys?.(key);
      return value === undefined ? undefined : [value];
    },
  };
}

/** Keys in lower case, values as lists; what has no value is absent, as on AWS. */
export function normalized(keys: ContextKeys): Map<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const name in keys) {
    const value = keys[name];
    if (value === undefined) continue;
    const list = typeof value === 'string' ? [value] : value;
    if (list.length > 0) map.set(name.toLowerCase(), list);
  }
  return map;
}

function globalKey(facts: CallFacts, key: string): string | undefined {
  const { identity, principal, nowMs } = facts;
  switch (key) {
    case 'aws:currenttime':
      return new Date(nowMs).toISOString();
    case 'aws:epochtime':
      return String(Math.floor(nowMs / 1000));
    // Of all resources there are: another account has none here.
    case 'aws:resourceaccount':
      return identity.accountId;
    case 'aws:requestedregion':
      return identity.region;
    case 'aws:securetransport':
      return 'true';
    case 'aws:sourceip':
      return facts.sourceIp;
    case 'aws:viaawsservice':
      return 'false';
    case 'aws:principalisawsservice':
      return String(facts.service !== undefined);
    case 'aws:principalservicename':
      return facts.service;
    default:
      return principal && principalKey(principal, facts, key);
  }
}

function principalKey(principal: Principal, facts: CallFacts, key: string): string | undefined {
  if (key.startsWith('aws:principaltag/')) {
    return tagIgnoringCase(facts, principal, key.slice('aws:principaltag/'.length));
  }
  switch (key) {
    case 'aws:principalarn':
      return principal.entityArn;
    case 'aws:principalaccount':
      return facts.identity.accountId;
    case 'aws:principaltype':
      return principal.type;
    case 'aws:userid':
      return principal.userId;
    case 'aws:username':
      return principal.type === 'User' ? principal.arn.replace(/^.*\//, '') : undefined;
    case 'aws:sourceidentity':
      return principal.sourceIdentity;
    case 'aws:tokenissuetime':
      return principal.issuedAtMs === undefined
        ? undefined
        : new Date(principal.issuedAtMs).toISOString();
    case 'aws:multifactorauthpresent':
      return principal.issuedAtMs === undefined ? undefined : 'false';
    default:
      return undefined;
  }
}

/** Tag keys in condition keys are told apart without regard to case; a session's tags win over its role's. */
function tagIgnoringCase(facts: CallFacts, principal: Principal, name: string): string | undefined {
  for (const tags of [principal.sessionTags, facts.principalTags]) {
    for (const [key, value] of tags ?? []) if (key.toLowerCase() === name) return value;
  }
  return undefined;
}
