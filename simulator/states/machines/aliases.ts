import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { parseMachineArn } from './qualified-arn.ts';
import { requireRouting } from './routing.ts';
import type { MachineVersion, MachineVersions } from './versions.ts';

export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly routing: readonly RoutingConfigurationListItem[];
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface AliasRequest {
  readonly name: string;
  readonly description?: string | undefined;
  readonly routing: readonly RoutingConfigurationListItem[];
}

/** Aliases of state machines, each for one or two versions (aliases page). */
export class MachineAliases {
  readonly #world: World;
  readonly #versions: MachineVersions;
  readonly #byArn = new Map<string, MachineAlias>();

  constructor(world: World, versions: MachineVersions) {
    this.#world = world;
    this.#versions = versions;
  }

  /** Idempotent for the same description and routing. */
  create({ name, description, routing }: AliasRequest): MachineAlias {
    const machineArn = requireRouting(routing, this.#versions);
    const arn = `${machineArn}:${name}`;
    const existing = this.#byArn.get(arn);
    if (existing) {
      const same = JSON.stringify([existing.description, existing.routing]);
      if (same === JSON.stringify([description, routing])) return existing;
      throw new AwsError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    }
    const nowMs = this.#world.clock.now();
    const alias = { arn, name, description, routing, createdMs: nowMs, updatedMs: nowMs };
    this.#byArn.set(arn, alias);
    return alias;
  }

  update(
    arn: string,
    changes: Partial<Pick<AliasRequest, 'description' | 'routing'>>,
  ): MachineAlias {
    const alias = this.get(arn);
    if (changes.routing) requireRouting(changes.routing, this.#versions);
    if (changes.routing === undefined && changes.description === undefined) {
      throw new AwsError(
        'ValidationException',
        'Either the description or the routing configuration must be specified',
        { members: { reason: 'MISSING_REQUIRED_PARAMETER' } },
      );
    }
    const updated = {
      ...alias,
      description: changes.description ?? alias.description,
      routing: changes.routing ?? alias.routing,
      updatedMs: this.#world.clock.now(),
    };
    this.#byArn.set(arn, updated);
    return updated;
  }

  get(arn: string): MachineAlias {
    const { alias } = parseMachineArn(arn);
    if (alias === undefined) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
    const found = this.#byArn.get(arn);
    if (found) return found;
    throw new AwsError('ResourceNotFound', "Request references a resource that doesn't exist.", {
      members: { resourceName: arn },
    });
  }

  delete(arn: string): void {
    this.get(arn);
    this.#byArn.delete(arn);
  }

  deleteAll(machineArn: string): void {
    for (const { arn } of this.list(machineArn)) this.#byArn.delete(arn);
  }

  /** Oldest first. */
  list(machineArn: string): MachineAlias[] {
    return [...this.#byArn.values()].filter(({ arn }) => arn.startsWith(`${machineArn}:`));
  }

  referencing(versionArn: string): MachineAlias[] {
    return [...this.#byArn.values()].filter(({ routing }) =>
      routing.some((one) => one.stateMachineVersionArn === versionArn),
    );
  }

  /** The version that the next execution runs, drawn by the weights. */
  route(aliasArn: string): MachineVersion | undefined {
    const { routing } = this.get(aliasArn);
    const drawn = this.#world.random.next() * 100;
    const [first, second] = routing;
    const chosen = drawn < (first?.weight ?? 0) ? first : second;
    const { machineArn, version = 0 } = parseMachineArn(chosen?.stateMachineVersionArn ?? '');
    return this.#versions.find(machineArn, version);
  }
}
