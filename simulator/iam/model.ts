import { AwsError } from '../core/aws-error.ts';
import type { IamService, RoleCall, RoleCallDecision, RoleCredentials } from '../core/services.ts';
import type { Settings } from '../core/settings.ts';
import type { World } from '../core/world.ts';
import { AccessUsage } from './access-usage.ts';
import type { EntityKind } from './authorization.ts';
import { awsManagedPolicies, awsManagedPrefix } from './aws-managed-policies.ts';
import { Directory } from './directory.ts';
import type { PolicyHolder } from './entities.ts';
import { evaluatePolicies, type SourcedPolicy } from './evaluate-policies.ts';
import { fixedId } from './fixed-id.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { PolicyVersions } from './policy-versions.ts';
import { type Principal, sessionPrincipal } from './principal.ts';
import type { ContextKeys } from './request-context.ts';
import { RoleAccess } from './role-access.ts';
import { ensureServiceLinkedRole } from './service-linked-roles.ts';

export interface Role {
  readonly roleName: string;
  readonly roleId: string;
  readonly arn: string;
  readonly path: string;
  description: string | undefined;
  trust: PolicyDocument;
  maxSessionSeconds: number;
  /** By policy name. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  readonly managedPolicyArns: Set<string>;
  /** A managed policy that limits what the others allow. */
  boundaryArn: string | undefined;
  readonly tags: Map<string, string>;
  readonly createdAtMs: number;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | undefined;
  /** Of the default version. */
  document: PolicyDocument;
  readonly createdAtMs: number;
  updatedAtMs: number;
  readonly tags: Map<string, string>;
  readonly versions: PolicyVersions;
}

export type NewRole = Pick<Role, 'roleName' | 'path' | 'description' | 'trust'> & {
  readonly inlinePolicies?: ReadonlyMap<string, PolicyDocument>;
  readonly managedPolicyArns?: readonly string[];
  readonly maxSessionSeconds?: number | undefined;
  readonly boundaryArn?: string | undefined;
  readonly tags?: ReadonlyMap<string, string>;
  /** Drawn unless given. */
  readonly roleId?: string;
};

const defaultSessionSeconds = 3_600;
/** A function's or task's credentials are renewed by its service long before they end; here they just last. */
const serviceSessionMs = 365 * 86_400_000;

/** Roles, users and policies as declared, and what they decide. */
export class IamModel extends Directory implements IamService {
  readonly #world: World;
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, ManagedPolicy>();
  readonly access: RoleAccess;
  readonly settings: Settings;
  accountAlias: string | undefined;

  constructor(world: World) {
    super(world);
    this.#world = world;
    this.settings = world.settings;
    this.access = new RoleAccess(world, this, new AccessUsage());
    for (const { version, ...policy } of awsManagedPolicies()) {
      this.#managed.set(policy.arn, {
        ...policy,
        id: fixedId('ANPA', policy.name),
        description: undefined,
        tags: new Map(),
        versions: new PolicyVersions(policy.updatedAtMs, version),
      });
    }
  }

  ensureServiceLinkedRole(servicePrincipal: string): void {
    ensureServiceLinkedRole(this, servicePrincipal);
  }

  createRole(role: NewRole): Role {
    if (this.#roles.has(role.roleName)) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${role.roleName} already exists.`);
    }
    const created: Role = {
      ...role,
      arn: this.arnFor('role', role.path, role.roleName),
      roleId: role.roleId ?? this.newId('AROA'),
      maxSessionSeconds: role.maxSessionSeconds ?? defaultSessionSeconds,
      boundaryArn: role.boundaryArn,
      inlinePolicies: new Map(role.inlinePolicies),
      managedPolicyArns: new Set(role.managedPolicyArns),
      tags: new Map(role.tags),
      createdAtMs: this.#world.clock.now(),
    };
    this.#roles.set(role.roleName, created);
    return created;
  }

  /** Throws DeleteConflict while policies hang on the role. */
  deleteRole(name: string): void {
    const role = this.requireRole(name);
    if (this.instanceProfiles.all().some((profile) => profile.roleName === role.roleName)) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete entity, must remove roles from instance profile first.',
      );
    }
    this.refuseDeletionWithPolicies(role);
    this.#roles.delete(role.roleName);
  }

  createManagedPolicy(
    name: string,
    path: string,
    document: PolicyDocument,
    description?: string,
    tags: ReadonlyMap<string, string> = new Map(),
  ): ManagedPolicy {
    const arn = `arn:aws:iam::${this.#world.identity.accountId}:policy${path}${name}`;
    if (this.#managed.has(arn)) {
      throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists.`);
    }
    const policy: ManagedPolicy = {
      arn,
      id: this.newId('ANPA'),
      name,
      path,
      description,
      document,
      tags: new Map(tags),
      createdAtMs: this.#world.clock.now(),
      updatedAtMs: this.#world.clock.now(),
      versions: new PolicyVersions(this.#world.clock.now()),
    };
    this.#managed.set(arn, policy);
    return policy;
  }

  /** Throws DeleteConflict while a role has it. */
  deleteManagedPolicy(arn: string): void {
    const policy = this.requireManagedPolicy(arn);
    if (this.attachmentCount(policy.arn) > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.');
    }
    this.#managed.delete(arn);
  }

  newDeletionId(): string {
    return this.#world.ids.uuid();
  }

  nowMs(): number {
    return this.#world.clock.now();
  }

  managedPolicies(): ManagedPolicy[] {
    return [...this.#managed.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  managedPolicy(arn: string): ManagedPolicy | undefined {
    return this.#managed.get(arn);
  }

  requireManagedPolicy(arn: string): ManagedPolicy {
    const policy = this.#managed.get(arn);
    if (policy) return policy;
    const hint = arn.startsWith(awsManagedPrefix)
      ? ' (the simulator holds few of the managed policies of AWS: docs/fidelity.md)'
      : '';
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.${hint}`);
  }

  attachmentCount(arn: string): number {
    const holders: PolicyHolder[] = [...this.roles(), ...this.users.all(), ...this.groups.all()];
    return holders.filter(({ managedPolicyArns }) => managedPolicyArns.has(arn)).length;
  }

  boundaryCount(arn: string): number {
    return [...this.roles(), ...this.users.all()].filter((one) => one.boundaryArn === arn).length;
  }

  /** By name or ARN. */
  role(nameOrArn: string): Role | undefined {
    if (!nameOrArn.startsWith('arn:')) return this.#roles.get(nameOrArn);
    const role = this.#roles.get(nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1));
    return role?.arn === nameOrArn ? role : undefined;
  }

  /** ARN of an entity by name. */
  arnOf(kind: EntityKind, name: string): string | undefined {
    const found = {
      role: () => this.#roles.get(name),
      user: () => this.users.find(name),
      group: () => this.groups.find(name),
      'instance-profile': () => this.instanceProfiles.find(name),
    };
    return found[kind]()?.arn;
  }

  /** Throws NoSuchEntity for an unknown role. */
  requireRole(name: string): Role {
    const role = this.role(name);
    if (role) return role;
    throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  }

  /** By name. */
  roles(): Role[] {
    return [...this.#roles.values()].sort((a, b) => (a.roleName < b.roleName ? -1 : 1));
  }

  /** Every statement that a role's inline and customer-managed policies hold. */
  statementsOf(nameOrArn: string): PolicyStatement[] {
    const role = this.role(nameOrArn);
    if (!role) return [];
    const managed = [...role.managedPolicyArns]
      .filter((arn) => !arn.startsWith(awsManagedPrefix))
      .flatMap((arn) => this.#managed.get(arn)?.document ?? []);
    return [...role.inlinePolicies.values(), ...managed].flatMap(({ Statement }) => Statement);
  }

  /** Everything that decides what a role, user or group may do. Throws NotImplemented for a managed policy that is not held. */
  policiesOf(holder: PolicyHolder): SourcedPolicy[] {
    const inline = [...holder.inlinePolicies].map(
      ([id, document]): SourcedPolicy => ({ id, type: 'role', document }),
    );
    const managed = [...holder.managedPolicyArns].map((arn): SourcedPolicy => {
      const policy = this.#managed.get(arn);
      if (!policy) {
        throw new AwsError(
          'NotImplemented',
          `The managed policy ${arn} decides here, whose statements the simulator does not hold`,
        );
      }
      const type = arn.startsWith(awsManagedPrefix) ? 'aws-managed' : 'user-managed';
      return { id: policy.name, type, document: policy.document };
    });
    return [...inline, ...managed];
  }

  roleMay(roleArn: string, action: string, resource: string): boolean | undefined {
    const role = this.role(roleArn);
    if (!role || [...role.managedPolicyArns].some((arn) => !this.#managed.has(arn))) {
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
    const groups = entity && 'userName' in entity ? this.groupsOf(entity.userName) : [];
    const boundary = entity?.boundaryArn;
    return {
      identity: entity ? [entity, ...groups].flatMap((holder) => this.policiesOf(holder)) : [],
      boundary: boundary === undefined ? undefined : this.requireManagedPolicy(boundary).document,
      session: principal.sessionPolicies,
      tags: entity?.tags ?? new Map<string, string>(),
    };
  }
}
