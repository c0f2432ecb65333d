import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  ClusterServiceConnectDefaultsRequest,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { checkStrategy, fargateProviders } from './capacity-strategy.ts';
import type { Cluster, ClusterSetting } from './cluster.ts';
import type { Placements } from './instances/placements.ts';
import { invalidParameter } from './service-rules.ts';

export interface ClusterChanges {
  readonly settings?: readonly ClusterSetting[] | undefined;
  readonly configuration?: ClusterConfiguration | undefined;
  readonly serviceConnectDefaults?: ClusterServiceConnectDefaultsRequest | undefined;
}

export interface CreateClusterRequest extends ClusterChanges {
  readonly name?: string | undefined;
  readonly capacityProviders?: readonly string[] | undefined;
  readonly defaultCapacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

const insights = ['enabled', 'disabled', 'enhanced'];

export class Clusters {
  readonly #world: World;
  readonly #placements: Placements;
  readonly #byName = new Map<string, Cluster>();

  constructor(world: World, placements: Placements) {
    this.#world = world;
    this.#placements = placements;
  }

  /** Creating a cluster that exists answers the existing one, as AWS does. */
  create(request: CreateClusterRequest): Cluster {
    const { name = 'default', capacityProviders = [] } = request;
    const known = this.find(name);
    if (known) return known;
    if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
      throw invalidParameter(`Invalid cluster name '${name}'.`);
    }
    checkSettings(request.settings);
    const strategy = request.defaultCapacityProviderStrategy ?? [];
    this.#checkCapacity(capacityProviders, strategy);
    this.#world.services.iam.ensureServiceLinkedRole('ecs.amazonaws.com');
    const cluster: Cluster = {
      arn: arn(this.#world.identity, 'ecs', `cluster/${name}`),
      name,
      tags: new Map(request.tags),
      status: 'ACTIVE',
      settings: [{ name: 'containerInsights', value: 'disabled' }],
      configuration: undefined,
      serviceConnectDefaults: undefined,
      capacityProviders: capacityProviders.map(providerName),
      defaultCapacityProviderStrategy: strategy.map(withNumbers),
    };
    this.update(cluster, request);
    this.#byName.set(name, cluster);
    this.#placements.clusterCreated(cluster);
    return cluster;
  }

  update(cluster: Cluster, changes: ClusterChanges): void {
    checkSettings(changes.settings);
    if (changes.settings?.length) cluster.settings = changes.settings;
    if (changes.configuration) cluster.configuration = changes.configuration;
    const namespace = changes.serviceConnectDefaults?.namespace;
    // An empty name takes the default away (API reference, UpdateCluster).
    if (namespace !== undefined) {
      cluster.serviceConnectDefaults = namespace === '' ? undefined : { namespace };
    }
  }

  /** Both lists are replaced; one that tasks or services use cannot go. */
  putCapacityProviders(
    cluster: Cluster,
    providers: readonly string[],
    strategy: readonly CapacityProviderStrategyItem[],
    inUse: ReadonlySet<string>,
  ): void {
    this.#checkCapacity(providers, strategy);
    const names = providers.map(providerName);
    if (cluster.capacityProviders.some((name) => !names.includes(name) && inUse.has(name))) {
      throw new AwsError(
        'ResourceInUseException',
        'The specified capacity provider is in use and cannot be removed.',
      );
    }
    cluster.capacityProviders = names;
    cluster.defaultCapacityProviderStrategy = strategy.map(withNumbers);
  }

  all(): Cluster[] {
    return [...this.#byName.values()].filter(({ status }) => status === 'ACTIVE');
  }

  /** By name or ARN, ACTIVE ones only; `default` when left out. */
  find(reference = 'default'): Cluster | undefined {
    const found = this.findAny(reference);
    return found?.status === 'ACTIVE' ? found : undefined;
  }

  /** The same, deleted ones included. */
  findAny(reference: string): Cluster | undefined {
    return (
      this.#byName.get(reference) ??
      [...this.#byName.values()].find((cluster) => cluster.arn === reference)
    );
  }

  get(reference: string | undefined): Cluster {
    const cluster = this.find(reference);
    if (!cluster) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    return cluster;
  }

  delete(cluster: Cluster): void {
    cluster.status = 'INACTIVE';
  }

  #checkCapacity(
    providers: readonly string[],
    strategy: readonly CapacityProviderStrategyItem[],
  ): void {
    const names = providers.map(providerName);
    const isThere = (name: string) =>
      fargateProviders.some((known) => known === name) || this.#placements.providers.find(name);
    if (!names.every(isThere)) {
      throw invalidParameter(
        'The specified capacity provider could not be found. Specify a valid name or ARN and try again.',
      );
    }
    checkStrategy(strategy, names);
  }
}

function checkSettings(settings: readonly ClusterSetting[] = []): void {
  for (const { name, value } of settings) {
    if (name !== 'containerInsights') {
      throw invalidParameter(`Invalid cluster setting name '${name}'.`);
    }
    if (!insights.includes(value)) {
      throw invalidParameter(`Invalid value '${value}' for cluster setting containerInsights.`);
    }
  }
}

function providerName(reference: string): string {
  return reference.replace(/^.*:capacity-provider\//, '');
}

/** AWS answers weight and base even when they were left out. */
function withNumbers(item: CapacityProviderStrategyItem): CapacityProviderStrategyItem {
  return { ...item, weight: item.weight ?? 0, base: item.base ?? 0 };
}
