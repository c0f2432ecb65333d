import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { awsManagedPolicies, awsManagedPrefix } from './aws-managed-policies.ts';
import type { PolicyHolder } from './entities.ts';
import type { SourcedPolicy } from './evaluate-policies.ts';
import { fixedId } from './fixed-id.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { PolicyVersions } from './policy-versions.ts';
import { RoleDirectory } from './role-directory.ts';

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

/** Managed policies, AWS's and the account's own, and what hangs on roles, users and groups. */
export class PolicyDirectory extends RoleDirectory {
  readonly #world: World;
  readonly #managed = new Map<string, ManagedPolicy>();

  constructor(world: World) {
    super(world);
    this.#world = world;
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
    const kind = 'roleName' in holder ? 'role' : 'userName' in holder ? 'user' : 'group';
    const inline = [...holder.inlinePolicies].map(
      ([id, document]): SourcedPolicy => ({ id, type: kind, document }),
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
}
