import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EntityKind } from './authorization.ts';
import { Directory } from './directory.ts';
import type { PolicyDocument } from './policy-document.ts';

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
  /** Made by CreateRole, which takes a while to reach every service; stacks wait for that. */
  readonly spreads?: boolean;
}

export type NewRole = Pick<Role, 'roleName' | 'path' | 'description' | 'trust' | 'spreads'> & {
  readonly inlinePolicies?: ReadonlyMap<string, PolicyDocument>;
  readonly managedPolicyArns?: readonly string[];
  readonly maxSessionSeconds?: number | undefined;
  readonly boundaryArn?: string | undefined;
  readonly tags?: ReadonlyMap<string, string>;
  /** Drawn unless given. */
  readonly roleId?: string;
};

const defaultSessionSeconds = 3_600;

/** Roles, beside everybody else. */
export class RoleDirectory extends Directory {
  readonly #world: World;
  readonly #roles = new Map<string, Role>();

  constructor(world: World) {
    super(world);
    this.#world = world;
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
}
