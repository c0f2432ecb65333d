import type {
  CreateDeploymentGroupInput,
  Tag,
  UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { refuseOtherPlatform } from './compute-platform.ts';
import type { DeploymentConfigStore } from './deployment-config.ts';
import { type DeploymentGroup, readDeploymentGroup } from './deployment-group.ts';
import { requireDeployableService } from './group-service.ts';
import { applicationArn, deploymentGroupArn } from './resource-arn.ts';
import type { Revision } from './revision.ts';
import { requireAssumableRole } from './service-role.ts';
import { TagStore } from './tags.ts';
import { updatedInput } from './updated-input.ts';

export interface RegisteredRevision {
  readonly revision: Revision;
  description: string | undefined;
  readonly registeredAtMs: number;
  firstUsedAtMs: number | undefined;
  lastUsedAtMs: number | undefined;
  readonly deploymentGroups: Set<string>;
}

export interface Application {
  readonly id: string;
  name: string;
  readonly createdAtMs: number;
  readonly groups: Map<string, DeploymentGroup>;
  /** By location, as text. */
  readonly revisions: Map<string, RegisteredRevision>;
}

/** Applications with their deployment groups and known revisions. */
export class Applications {
  readonly tags = new TagStore();
  readonly #world: World;
  readonly #configs: DeploymentConfigStore;
  readonly #applications = new Map<string, Application>();

  constructor(world: World, configs: DeploymentConfigStore) {
    this.#world = world;
    this.#configs = configs;
  }

  create(
    name: string,
    computePlatform: string | undefined,
    tags: readonly Tag[] = [],
  ): Application {
    checkApplicationName(name);
    refuseOtherPlatform(computePlatform);
    this.#refuseTaken(name);
    this.tags.add(applicationArn(this.#world.identity, name), tags);
    const application: Application = {
      id: this.#world.ids.uuid(),
      name,
      createdAtMs: this.#world.clock.now(),
      groups: new Map(),
      revisions: new Map(),
    };
    this.#applications.set(name, application);
    return application;
  }

  /** UpdateApplication: groups, revisions and tags go with the new name. */
  rename(name: string | undefined, newName: string | undefined): void {
    const application = this.get(name);
    if (!newName || newName === application.name) return;
    checkApplicationName(newName);
    this.#refuseTaken(newName);
    const { identity } = this.#world;
    this.#applications.delete(application.name);
    this.tags.move(applicationArn(identity, application.name), applicationArn(identity, newName));
    for (const group of application.groups.values()) {
      this.tags.move(
        deploymentGroupArn(identity, application.name, group.name),
        deploymentGroupArn(identity, newName, group.name),
      );
      const input = { ...group.input, applicationName: newName };
      application.groups.set(group.name, { ...group, applicationName: newName, input });
    }
    application.name = newName;
    this.#applications.set(newName, application);
  }

  /** DeleteApplication with all its groups; undefined when it is not there, which is no error [model]. */
  delete(name: string): Application | undefined {
    const application = this.#applications.get(name);
    if (!application) return undefined;
    for (const groupName of [...application.groups.keys()]) this.deleteGroup(name, groupName);
    this.tags.forget(applicationArn(this.#world.identity, name));
    this.#applications.delete(name);
    return application;
  }

  createGroup(input: Partial<CreateDeploymentGroupInput>): DeploymentGroup {
    const { tags = [], ...members } = input;
    const application = this.get(input.applicationName);
    const group = readDeploymentGroup(this.#world, members, {
      id: this.#world.ids.uuid(),
      applicationId: application.id,
    });
    this.#checkGroup(application, group);
    requireDeployableService(this.#world, group);
    this.tags.add(deploymentGroupArn(this.#world.identity, application.name, group.name), tags);
    application.groups.set(group.name, group);
    return group;
  }

  /** Members that are given replace the group's; a running deployment keeps the group it began with. */
  updateGroup(input: Partial<UpdateDeploymentGroupInput>): DeploymentGroup {
    const { currentDeploymentGroupName, applicationName } = input;
    const present = this.group(applicationName, currentDeploymentGroupName);
    const application = this.get(applicationName);
    const group = readDeploymentGroup(this.#world, updatedInput(present.input, input), present);
    this.#checkGroup(application, group);
    if (input.ecsServices) requireDeployableService(this.#world, group);
    const { identity } = this.#world;
    this.tags.move(
      deploymentGroupArn(identity, application.name, present.name),
      deploymentGroupArn(identity, application.name, group.name),
    );
    application.groups.delete(present.name);
    application.groups.set(group.name, group);
    return group;
  }

  /** DeleteDeploymentGroup; one that is not there is no error [model]. */
  deleteGroup(applicationName: string, groupName: string): void {
    this.#applications.get(applicationName)?.groups.delete(groupName);
    this.tags.forget(deploymentGroupArn(this.#world.identity, applicationName, groupName));
  }

  names(): string[] {
    return [...this.#applications.keys()].sort();
  }

  get(name: string | undefined): Application {
    if (!name) {
      throw new AwsError('ApplicationNameRequiredException', 'Application name is required');
    }
    const application = this.#applications.get(name);
    if (application) return application;
    throw new AwsError(
      'ApplicationDoesNotExistException',
      `No application found for name: ${name}`,
    );
  }

  /** By the id that a rename keeps. */
  withId(id: string): Application | undefined {
    return [...this.#applications.values()].find((application) => application.id === id);
  }

  group(applicationName: string | undefined, groupName: string | undefined): DeploymentGroup {
    const application = this.get(applicationName);
    if (!groupName) {
      throw new AwsError(
        'DeploymentGroupNameRequiredException',
        'Deployment group name is required',
      );
    }
    const group = application.groups.get(groupName);
    if (group) return group;
    throw new AwsError(
      'DeploymentGroupDoesNotExistException',
      `No Deployment Group found for name: ${groupName}`,
    );
  }

  groups(): DeploymentGroup[] {
    return [...this.#applications.values()].flatMap(({ groups }) => [...groups.values()]);
  }

  /** Remembers a revision, so that GetApplicationRevision finds its text by hash (aws-facts 3.4). */
  register(application: Application, revision: Revision, description?: string): RegisteredRevision {
    const place = JSON.stringify(revision.location);
    const known = application.revisions.get(place);
    if (known) return Object.assign(known, description === undefined ? {} : { description });
    const registered: RegisteredRevision = {
      revision,
      description,
      registeredAtMs: this.#world.clock.now(),
      firstUsedAtMs: undefined,
      lastUsedAtMs: undefined,
      deploymentGroups: new Set(),
    };
    application.revisions.set(place, registered);
    return registered;
  }

  #refuseTaken(name: string): void {
    if (!this.#applications.has(name)) return;
    throw new AwsError(
      'ApplicationAlreadyExistsException',
      `Application already exists with name: ${name}`,
    );
  }

  /** What a group's members must not clash with: configurations, its siblings, other groups' services. */
  #checkGroup(application: Application, group: DeploymentGroup): void {
    this.#configs.get(group.configName);
    requireAssumableRole(this.#world, group);
    const sibling = application.groups.get(group.name);
    if (sibling && sibling.id !== group.id) {
      throw new AwsError(
        'DeploymentGroupAlreadyExistsException',
        `Deployment Group already exists for application: ${application.name} with name: ${group.name}`,
      );
    }
    const owner = this.groups().find(
      ({ id, cluster, service }) =>
        id !== group.id && cluster === group.cluster && service === group.service,
    );
    if (owner) {
      throw new AwsError(
        'ECSServiceMappingLimitExceededException',
        `The ECS service ${group.service} in cluster ${group.cluster} already belongs to deployment group ${owner.name} of application ${owner.applicationName}`,
      );
    }
  }
}

function checkApplicationName(name: string): void {
  if (/^.{1,100}$/.test(name)) return;
  throw new AwsError(
    'InvalidApplicationNameException',
    `Application name must have 1 to 100 characters: ${name}`,
  );
}
