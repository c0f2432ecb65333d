import type { CreateDeploymentGroupInput, Tag } from '@aws-sdk/client-codedeploy';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { DeploymentConfigStore } from './deployment-config.ts';
import { type DeploymentGroup, readDeploymentGroup } from './deployment-group.ts';
import type { Revision } from './revision.ts';

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
  readonly name: string;
  readonly createdAtMs: number;
  readonly tags: readonly Tag[];
  readonly groups: Map<string, DeploymentGroup>;
  readonly revisions: Map<string, RegisteredRevision>;
}

/** Applications with their deployment groups and known revisions. */
export class Applications {
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
    if (!/^.{1,100}$/.test(name)) {
      throw new AwsError(
        'InvalidApplicationNameException',
        `Application name must have 1 to 100 characters: ${name}`,
      );
    }
    if (computePlatform !== 'ECS') {
      throw new AwsError(
        'InvalidComputePlatformException',
        `The simulator models compute platform ECS only, not ${computePlatform ?? 'Server'}`,
      );
    }
    if (this.#applications.has(name)) {
      throw new AwsError(
        'ApplicationAlreadyExistsException',
        `Application already exists with name: ${name}`,
      );
    }
    const application: Application = {
      id: this.#world.ids.uuid(),
      name,
      createdAtMs: this.#world.clock.now(),
      tags,
      groups: new Map(),
      revisions: new Map(),
    };
    this.#applications.set(name, application);
    return application;
  }

  createGroup(input: Partial<CreateDeploymentGroupInput>): DeploymentGroup {
    const application = this.get(input.applicationName);
    const group = readDeploymentGroup(this.#world, input);
    this.#configs.get(group.configName);
    if (application.groups.has(group.name)) {
      throw new AwsError(
        'DeploymentGroupAlreadyExistsException',
        `Deployment Group already exists for application: ${application.name} with name: ${group.name}`,
      );
    }
    const owner = this.#groupOfService(group.cluster, group.service);
    if (owner) {
      throw new AwsError(
        'ECSServiceMappingLimitExceededException',
        `The ECS service ${group.service} in cluster ${group.cluster} already belongs to deployment group ${owner.name} of application ${owner.applicationName}`,
      );
    }
    application.groups.set(group.name, group);
    return group;
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

  /** Remembers a revision, so that GetApplicationRevision finds its text by hash (aws-facts 3.4). */
  register(application: Application, revision: Revision, description?: string): RegisteredRevision {
    const known = application.revisions.get(revision.sha256);
    if (known) return Object.assign(known, description === undefined ? {} : { description });
    const registered: RegisteredRevision = {
      revision,
      description,
      registeredAtMs: this.#world.clock.now(),
      firstUsedAtMs: undefined,
      lastUsedAtMs: undefined,
      deploymentGroups: new Set(),
    };
    application.revisions.set(revision.sha256, registered);
    return registered;
  }

  /** Of an application or a deployment group, by ARN. */
  tagsOf(resourceArn: string | undefined): readonly Tag[] {
    if (!resourceArn) {
      throw new AwsError('ResourceArnRequiredException', 'The resource ARN is required');
    }
    const { identity } = this.#world;
    for (const { name, tags, groups } of this.#applications.values()) {
      if (resourceArn === arn(identity, 'codedeploy', `application:${name}`)) return tags;
      for (const group of groups.values()) {
        const groupArn = arn(identity, 'codedeploy', `deploymentgroup:${name}/${group.name}`);
        if (resourceArn === groupArn) return group.tags;
      }
    }
    throw new AwsError(
      'InvalidArnException',
      `No application or deployment group has the ARN ${resourceArn}`,
    );
  }

  #groupOfService(cluster: string, service: string): DeploymentGroup | undefined {
    return [...this.#applications.values()]
      .flatMap((application) => [...application.groups.values()])
      .find((group) => group.cluster === cluster && group.service === service);
  }
}
