import type { RoleCall, RoleCallDecision } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { AccessUsage } from './access-usage.ts';
import { type AccessPolicies, decideAccess } from './decide-access.ts';
import { denialSentence } from './denial.ts';
import { type Principal, sessionPrincipal } from './principal.ts';
import { type ContextKeys, normalized, requestContext } from './request-context.ts';
import { evaluateResourcePolicies } from './resource-policies.ts';
import { resourcePolicyOf } from './resource-policy-texts.ts';
import type { Role } from './role-directory.ts';

/** What role access needs to know of the entities. */
export interface Entities {
  role(nameOrArn: string): Role | undefined;
  policiesFor(
    principal: Principal,
  ): AccessPolicies & { readonly tags: ReadonlyMap<string, string> };
}

/** One action of a principal on a resource, as an operation's table or a service asks for it. */
export interface ActionRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly keys: ContextKeys;
  readonly resourcePolicies?: AccessPolicies['resource'];
  /** As a denial spells them, where that differs; a resource of undefined is not named. */
  readonly spoken?: { readonly action: string; readonly resource: string | undefined };
  /** Keys that are looked up only when a condition asks for them, in lower case. */
  moreKeys?(key: string): string | undefined;
  readonly sourceIp?: string | undefined;
}

export interface AssumptionRequest {
  readonly role: Role | undefined;
  readonly roleArn: string;
  readonly action: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity';
  readonly principal?: Principal;
  /** ARN of the identity provider, instead of a principal. */
  readonly federated?: string;
  /** The administrator needs no permission of his own. */
  readonly allowedAnyway?: boolean;
  readonly keys: ContextKeys;
}

/** Decides what principals may do, and keeps count of it. */
export class RoleAccess {
  readonly usage: AccessUsage;
  /** Policy of a resource, as JSON text, for what services do with roles. */
  resourcePolicy: (arn: string) => string | undefined = () => undefined;
  readonly #world: World;
  readonly #entities: Entities;

  constructor(world: World, entities: Entities, usage: AccessUsage) {
    this.#world = world;
    this.#entities = entities;
    this.usage = usage;
  }

  /** Undefined when allowed, else AWS's sentence. */
  denialOf(request: ActionRequest): { message: string; explicit: boolean } | undefined {
    const { principal, action, resource, keys } = request;
    const { tags, ...policies } = this.#entities.policiesFor(principal);
    const context = requestContext(
      {
        identity: this.#world.identity,
        nowMs: this.#world.clock.now(),
        principal,
        principalTags: tags,
        sourceIp: request.sourceIp,
        moreKeys: request.moreKeys,
      },
      keys,
    );
    const decision = decideAccess(
      { ...policies, resource: request.resourcePolicies },
      { action, resource, context },
      { entityArn: principal.entityArn, sessionArn: principal.arn },
    );
    const spoken = request.spoken ?? { action, resource };
    const message = decision.allowed
      ? undefined
      : denialSentence(principal.arn, spoken.action, spoken.resource, decision);
    const given = Object.fromEntries(normalized(keys));
    this.usage.record(principal.entityArn, { action, resource, context: given }, message);
    if (decision.allowed || message === undefined) return undefined;
    return { message, explicit: decision.explicit };
  }

  authorize(call: RoleCall): RoleCallDecision {
    if (!this.#world.settings.enforceIam) return { allowed: true };
    const { roleArn, servicePrincipal, action, resource, context = {}, trustContext } = call;
    if (!this.canAssume(roleArn, servicePrincipal, trustContext)) {
      return {
        allowed: false,
        reason: 'untrusted',
        message: `${servicePrincipal} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      };
    }
    const role = this.#entities.role(roleArn);
    if (!role) return { allowed: true };
    const sessionName = call.sessionName ?? servicePrincipal.replace(/\..*$/, '');
    const principal = sessionPrincipal(role, sessionName);
    const resourcePolicies = resourcePolicyOf(this.resourcePolicy(resource));
    const denied = this.denialOf({ principal, action, resource, keys: context, resourcePolicies });
    if (!denied) return { allowed: true };
    const reason = denied.explicit ? 'explicit-deny' : 'implicit-deny';
    return { allowed: false, reason, message: denied.message };
  }

  /** AWS's sentence when a role may not be assumed; its trust policy must allow it, whatever else does. */
  assumptionDenial(request: AssumptionRequest): string | undefined {
    const { role, roleArn, action, principal, federated, keys } = request;
    const who = principal?.arn ?? 'anonymous';
    const denied = `User: ${who} is not authorized to perform: ${action} on resource: ${roleArn}`;
    if (!role || this.#isTooNew(role)) return denied;
    const context = requestContext(
      { identity: this.#world.identity, nowMs: this.#world.clock.now(), principal },
      keys,
    );
    const caller =
      federated === undefined
        ? { entityArn: principal?.entityArn ?? '', sessionArn: principal?.arn ?? '' }
        : { federated };
    const asked = { action, resource: roleArn, context };
    const { decision, delegates } = evaluateResourcePolicies([role.trust], asked, caller);
    if (decision === 'explicitDeny')
      return `${denied} with an explicit deny in a resource-based policy`;
    if (decision === 'allowed') return undefined;
    if (!delegates || !principal) return denied;
    if (request.allowedAnyway) return undefined;
    return this.denialOf({ principal, action, resource: roleArn, keys })?.message;
  }

  /** Changes of IAM spread: for a while after CreateRole nobody can assume the role, if the setting says so. */
  #isTooNew({ createdAtMs, spreads }: Role): boolean {
    const { clock, settings } = this.#world;
    return spreads === true && clock.now() - createdAtMs < settings.newRoleUnusableMs;
  }

  canAssume(roleArn: string, servicePrincipal: string, trustContext: ContextKeys = {}): boolean {
    if (!this.#world.settings.enforceIam) return true;
    const role = this.#entities.role(roleArn);
    if (!role || this.#isTooNew(role)) return false;
    const facts = {
      identity: this.#world.identity,
      nowMs: this.#world.clock.now(),
      service: servicePrincipal,
    };
    const keys = { 'aws:SourceAccount': this.#world.identity.accountId, ...trustContext };
    const request = {
      action: 'sts:AssumeRole',
      resource: role.arn,
      context: requestContext(facts, keys),
    };
    const { decision } = evaluateResourcePolicies([role.trust], request, {
      service: servicePrincipal,
    });
    return decision === 'allowed';
  }
}
