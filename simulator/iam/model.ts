import type { IamService, RoleCall, RoleCallDecision, RoleCredentials } from '../core/services.ts';
import type { Settings } from '../core/settings.ts';
import type { World } from '../core/world.ts';
import { AccessUsage } from './access-usage.ts';
import type { User } from './entities.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { PolicyDirectory } from './policy-directory.ts';
import { type Principal, sessionPrincipal } from './principal.ts';
import type { ContextKeys } from './request-context.ts';
import { RoleAccess } from './role-access.ts';
import type { Role } from './role-directory.ts';
import { ensureServiceLinkedRole } from './service-linked-roles.ts';

/** A function's or task's credentials are renewed by its service long before they end; here they just last. */
const serviceSessionMs = 365 * 86_400_000;

/** Roles, users and policies as declared, and what they decide. */
export class IamModel extends PolicyDirectory implements IamService {
  readonly #world: World;
  readonly access: RoleAccess;
  readonly settings: Settings;
  accountAlias: string | undefined;

  constructor(world: World) {
    super(world);
    this.#world = world;
    this.settings = world.settings;
    this.access = new RoleAccess(world, this, new AccessUsage());
  }

  ensureServiceLinkedRole(servicePrincipal: string): void {
    ensureServiceLinkedRole(this, servicePrincipal);
  }

  newDeletionId(): string {
    return this.#world.ids.uuid();
  }

  nowMs(): number {
    return this.#world.clock.now();
  }

  roleMay(roleArn: string, action: string, resource: string): boolean | undefined {
    const role = this.role(roleArn);
    if (!role || [...role.managedPolicyArns].some((arn) => !this.managedPolicy(arn))) {
      return undefined;
    }
    const request = { action, resource, context: new Map<string, readonly string[]>() };
    const outcome = evaluatePolicies(this.policiesOf(role), request);
    if (outcome.decision === 'allowed') return true;
    return outcome.missingContextKeys.length > 0 ? undefined : false;
  }

  authorize(call: RoleCall): RoleCallDecision {
    return this.access.authorize(call);
  }

  canAssume(roleArn: string, servicePrincipal: string, trustContext?: ContextKeys): boolean {
    return this.access.canAssume(roleArn, servicePrincipal, trustContext);
  }

  /** For a role that is not there, credentials that every service refuses. */
  roleCredentials(session: { roleArn: string; sessionName: string }): RoleCredentials {
    const role = this.role(session.roleArn) ?? {
      arn: session.roleArn,
      roleName: session.roleArn.replace(/^.*\//, ''),
      roleId: 'AROA',
    };
    const principal = { ...sessionPrincipal(role, session.sessionName), serviceSession: true };
    return this.keys.handOutSession(principal, this.#world.clock.now() + serviceSessionMs);
  }

  /** Whether the user or role behind credentials is still there, and not another of the same name. */
  isPresent({ entityArn, userId }: Principal): boolean {
    const user = this.user(entityArn);
    if (user) return user.userId === userId;
    const role = this.role(entityArn);
    return role !== undefined && userId.startsWith(`${role.roleId}:`);
  }

  policiesFor(principal: Principal) {
    const entity = this.user(principal.entityArn) ?? this.role(principal.entityArn);
    return {
      ...(entity ? this.#policiesOn(entity) : { identity: [], boundary: undefined }),
      session: principal.sessionPolicies,
      tags: entity?.tags ?? new Map<string, string>(),
    };
  }

  /** What decides about a user, with its groups, a role or a group; undefined for an ARN of none. */
  policiesOfEntity(arn: string) {
    const entity = this.user(arn) ?? this.role(arn);
    if (entity) return this.#policiesOn(entity);
    const group = this.groups.all().find((one) => one.arn === arn);
    return group && { identity: this.policiesOf(group), boundary: undefined };
  }

  #policiesOn(entity: User | Role) {
    const groups = 'userName' in entity ? this.groupsOf(entity.userName) : [];
    const boundary = entity.boundaryArn;
    return {
      identity: [entity, ...groups].flatMap((holder) => this.policiesOf(holder)),
      boundary: boundary === undefined ? undefined : this.requireManagedPolicy(boundary).document,
    };
  }
}
