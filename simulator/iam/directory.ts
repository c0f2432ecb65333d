import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { AccessKeys, type HandedOutKey } from './access-keys.ts';
import type { Group, InstanceProfile, OidcProvider, PolicyHolder, User } from './entities.ts';
import { EntityStore } from './entity-store.ts';
import { OidcProviders } from './oidc-providers.ts';

/** What is not given stays. */
interface Renaming {
  readonly newName: string | undefined;
  readonly newPath: string | undefined;
}

/** Everybody but roles: users with their keys, groups, instance profiles, identity providers. */
export class Directory {
  readonly users = new EntityStore<User>('User');
  readonly groups = new EntityStore<Group>('Group');
  readonly instanceProfiles = new EntityStore<InstanceProfile>('Instance Profile');
  readonly oidcProviders = new OidcProviders();
  readonly keys = new AccessKeys();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  get accountId(): string {
    return this.#world.identity.accountId;
  }

  /** Throws DeleteConflict while policies hang on the entity. */
  refuseDeletionWithPolicies({ managedPolicyArns, inlinePolicies }: PolicyHolder): void {
    if (managedPolicyArns.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    }
    if (inlinePolicies.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.');
    }
  }

  createUser(
    userName: string,
    path: string,
    tags: Map<string, string>,
    boundaryArn: string | undefined,
  ): User {
    return this.users.add(userName, {
      userName,
      path,
      tags,
      boundaryArn,
      userId: this.newId('AIDA'),
      arn: this.arnFor('user', path, userName),
      createdAtMs: this.#world.clock.now(),
      inlinePolicies: new Map(),
      managedPolicyArns: new Set(),
      accessKeys: new Map(),
    });
  }

  /** The user keeps its id and whatever hangs on it (IAM user guide, "Rename an IAM user"). */
  updateUser(name: string, { newName, newPath }: Renaming): void {
    const user = this.users.require(name);
    const { userName = user.userName, path = user.path } = { userName: newName, path: newPath };
    const arn = this.arnFor('user', path, userName);
    this.users.replace(name, userName, { ...user, userName, path, arn });
    for (const { members } of this.groupsOf(user.userName)) {
      members.delete(user.userName);
      members.add(userName);
    }
    this.keys.rename(user.userId, arn);
  }

  updateGroup(name: string, { newName, newPath }: Renaming): void {
    const group = this.groups.require(name);
    const { groupName = group.groupName, path = group.path } = {
      groupName: newName,
      path: newPath,
    };
    const arn = this.arnFor('group', path, groupName);
    this.groups.replace(name, groupName, { ...group, groupName, path, arn });
  }

  /** Throws DeleteConflict while keys, groups or policies hang on the user. */
  deleteUser(name: string): void {
    const user = this.users.require(name);
    if (user.accessKeys.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete access keys first.');
    }
    if (this.groupsOf(user.userName).length > 0) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete entity, must remove users from group first.',
      );
    }
    this.refuseDeletionWithPolicies(user);
    this.users.delete(name);
  }

  createAccessKey(user: User): HandedOutKey {
    const { arn, userId } = user;
    const key = this.keys.handOutLasting({ type: 'User', arn, userId, entityArn: arn });
    user.accessKeys.set(key.accessKeyId, this.#world.clock.now());
    return key;
  }

  createGroup(groupName: string, path: string): Group {
    return this.groups.add(groupName, {
      groupName,
      path,
      groupId: this.newId('AGPA'),
      arn: this.arnFor('group', path, groupName),
      createdAtMs: this.#world.clock.now(),
      inlinePolicies: new Map(),
      managedPolicyArns: new Set(),
      members: new Set(),
    });
  }

  groupsOf(userName: string): Group[] {
    return this.groups.all().filter(({ members }) => members.has(userName));
  }

  createInstanceProfile(name: string, path: string, tags: Map<string, string>): InstanceProfile {
    return this.instanceProfiles.add(name, {
      name,
      path,
      tags,
      id: this.newId('AIPA'),
      arn: this.arnFor('instance-profile', path, name),
      createdAtMs: this.#world.clock.now(),
      roleName: undefined,
    });
  }

  createOidcProvider(
    url: string,
    clientIds: readonly string[],
    thumbprints: readonly string[],
    tags: Map<string, string>,
  ): OidcProvider {
    const host = url.replace(/^https:\/\//, '');
    const provider: OidcProvider = {
      arn: this.arnFor('oidc-provider', '/', host),
      host,
      clientIds: new Set(clientIds),
      thumbprints,
      tags,
      createdAtMs: this.#world.clock.now(),
    };
    this.oidcProviders.add(provider);
    return provider;
  }

  /** By ARN. */
  user(arn: string): User | undefined {
    const user = arn.includes(':user/') ? this.users.find(arn.replace(/^.*\//, '')) : undefined;
    return user?.arn === arn ? user : undefined;
  }

  protected arnFor(kind: string, path: string, name: string): string {
    return `arn:aws:iam::${this.#world.identity.accountId}:${kind}${path}${name}`;
  }

  protected newId(prefix: string): string {
    const { ids } = this.#world;
    return `${prefix}${ids.nameSuffix()}${ids.nameSuffix()}`.slice(0, 21);
  }
}
