import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Cluster } from './state.ts';

export interface CreateClusterRequest {
  readonly name?: string | undefined;
  readonly settings?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly capacityProviders?: readonly string[] | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

export class Clusters {
  readonly #world: World;
  readonly #byName = new Map<string, Cluster>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Creating a cluster that exists answers the existing one, as AWS does. */
  create(request: CreateClusterRequest): Cluster {
    const { name = 'default' } = request;
    const known = this.#byName.get(name);
    if (known) return known;
    if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
      throw new AwsError('InvalidParameterException', `Invalid cluster name '${name}'.`);
    }
    const cluster: Cluster = {
      arn: arn(this.#world.identity, 'ecs', `cluster/${name}`),
      name,
      settings: request.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
      capacityProviders: request.capacityProviders ?? [],
      tags: new Map(request.tags),
    };
    this.#byName.set(name, cluster);
    return cluster;
  }

  all(): Cluster[] {
    return [...this.#byName.values()];
  }

  /** By name or ARN; `default` when left out. */
  find(reference = 'default'): Cluster | undefined {
    return this.#byName.get(reference) ?? this.all().find((cluster) => cluster.arn === reference);
  }

  get(reference: string | undefined): Cluster {
    const cluster = this.find(reference);
    if (!cluster) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    return cluster;
  }

  delete(cluster: Cluster): void {
    this.#byName.delete(cluster.name);
  }
}
