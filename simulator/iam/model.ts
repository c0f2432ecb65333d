import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

export interface Role {
  readonly roleName: string;
  readonly roleId: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly trust: PolicyDocument;
  /** By policy name. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  readonly managedPolicyArns: Set<string>;
  readonly createdAtMs: number;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Roles and policies as declared. They are kept, not yet enforced. */
export class IamModel {
  readonly #world: World;
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, ManagedPolicy>();

  constructor(world: World) {
    this.#world = world;
  }

  createRole(
    role: Pick<Role, 'roleName' | 'path' | 'description' | 'trust'> & {
      readonly inlinePolicies: ReadonlyMap<string, PolicyDocument>;
      readonly managedPolicyArns: readonly string[];
    },
  ): Role {
    if (this.#roles.has(role.roleName)) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${role.roleName} already exists.`, {
        status: 409,
      });
    }
    const { accountId } = this.#world.identity;
    const created: Role = {
      ...role,
      arn: `arn:aws:iam::${accountId}:role${role.path}${role.roleName}`,
      roleId: `AROA${this.#world.ids.nameSuffix()}${this.#world.ids.nameSuffix()}`.slice(0, 21),
      inlinePolicies: new Map(role.inlinePolicies),
      managedPolicyArns: new Set(role.managedPolicyArns),
      createdAtMs: this.#world.clock.now(),
    };
    this.#roles.set(role.roleName, created);
    return created;
  }

  createManagedPolicy(name: string, path: string, document: PolicyDocument): ManagedPolicy {
    const arn = `arn:aws:iam::${this.#world.identity.accountId}:policy${path}${name}`;
    if (this.#managed.has(arn)) {
      throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists.`, {
        status: 409,
      });
    }
    const policy = { arn, name, document };
    this.#managed.set(arn, policy);
    return policy;
  }

  /** By name or ARN. */
  role(nameOrArn: string): Role | undefined {
    return (
      this.#roles.get(nameOrArn) ?? [...this.#roles.values()].find(({ arn }) => arn === nameOrArn)
    );
  }

  /** Throws NoSuchEntity for an unknown role. */
  requireRole(name: string): Role {
    const role = this.role(name);
    if (role) return role;
    throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, {
      status: 404,
    });
  }

  roles(): Role[] {
    return [...this.#roles.values()];
  }

  /** Every statement that a role's inline and customer-managed policies hold. */
  statementsOf(nameOrArn: string): PolicyStatement[] {
    const role = this.role(nameOrArn);
    if (!role) return [];
    const managed = [...role.managedPolicyArns].flatMap((arn) => {
      const policy = this.#managed.get(arn);
      return policy ? [policy.document] : [];
    });
    return [...role.inlinePolicies.values(), ...managed].flatMap(({ Statement }) => Statement);
  }
}
