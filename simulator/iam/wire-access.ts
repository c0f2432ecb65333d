import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { AccessControl, AuthorizedCall } from '../wire/access-control.ts';
import { calledVia, type NeededAction, type ServiceAuthorization } from '../wire/authorization.ts';
import type { AuthorizedService, Caller, WireService } from '../wire/operation.ts';
import { resourceTag } from '../wire/resource-tags.ts';
import type { Signature } from '../wire/signature.ts';
import { accessDenied, credentialsRefused, spokenAction, spokenResource } from './access-faults.ts';
import type { IamModel } from './model.ts';
import type { Principal } from './principal.ts';
import { resourcePolicyOf } from './resource-policy-texts.ts';

export type AuthorizationTables = Readonly<Record<string, ServiceAuthorization>>;

const tagKey = /^[a-z0-9-]+:resourcetag\/(.+)$/;

/** Recognises the simulator's own access keys, and holds their calls against policies. */
export function wireAccess(
  model: IamModel,
  world: World,
  tables: AuthorizationTables,
  services: readonly WireService[],
): AccessControl {
  const byName = new Map<AuthorizedService, WireService>(
    services.map((service) => [service.name, service]),
  );

  const authorize = (call: AuthorizedCall, principal: Principal, needed: NeededAction): void => {
    const { service, operation } = call;
    const { prefix = service } = tables[service] ?? {};
    const { action = `${prefix}:${operation}`, resource, keys = {}, resourcePolicy } = needed;
    const owner = byName.get(service);
    const forwarded = call.calledVia === undefined ? {} : calledVia(call.calledVia);
    const denial = model.access.denialOf({
      principal,
      action,
      resource,
      keys: { ...keys, ...forwarded },
      sourceIp: call.sourceIp,
      spoken: {
        action: spokenAction(service, action),
        resource: spokenResource(service, resource, { action, operation }),
      },
      resourcePolicies: resourcePolicyOf(resourcePolicy),
      moreKeys: (key) => {
        const [, tag] = tagKey.exec(key) ?? [];
        return tag === undefined || !owner ? undefined : resourceTag(owner, resource, tag);
      },
    });
    if (denial) throw needed.refusal ?? accessDenied(service, denial.message);
  };

  return {
    identify: (signature) => identify(model, world, signature),
    authenticate: ({ refusal }, service) => {
      if (refusal) throw credentialsRefused(service, refusal);
    },
    authorize: (call) => {
      const { principal } = call.caller;
      if (!principal || !world.settings.enforceIam) return;
      const operations = tables[call.service]?.operations ?? {};
      const needs = Object.hasOwn(operations, call.operation)
        ? operations[call.operation]
        : undefined;
      if (!needs) {
        throw new AwsError(
          'NotImplemented',
          `What ${call.service}:${call.operation} needs of a role's policies is not simulated`,
        );
      }
      for (const needed of [needs(call.input, principal.entityArn)].flat())
        authorize(call, principal, needed);
    },
  };
}

function identify(model: IamModel, world: World, signature: Signature | undefined): Caller {
  const accessKeyId = signature?.accessKeyId ?? '';
  const key = model.keys.find(accessKeyId);
  if (!key) return { accessKeyId, name: 'user' };
  const { principal, status, expiresAtMs, sessionToken } = key;
  const administrates = key.actsAs === 'administrator';
  const caller: Caller = administrates
    ? { accessKeyId, name: 'user' }
    : { accessKeyId, name: nameOf(principal), principal };
  const wrongToken = sessionToken !== undefined && signature?.sessionToken !== sessionToken;
  if (status !== 'Active' || wrongToken || !(administrates || model.isPresent(principal))) {
    return { ...caller, refusal: 'unknown' };
  }
  const expired = expiresAtMs !== undefined && expiresAtMs <= world.clock.now();
  return expired ? { ...caller, refusal: 'expired' } : caller;
}

/** A function's session is named after it, so that a journal reads as functions, not as roles. */
function nameOf({ type, arn, serviceSession }: Principal): string {
  const [, role = '', session = ''] = arn.split('/');
  if (type === 'User') return arn.replace(/^.*\//, '');
  return serviceSession ? session : `${role}/${session}`;
}
