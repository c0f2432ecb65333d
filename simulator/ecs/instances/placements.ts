import type {
  PlacementConstraint,
  PlacementStrategy,
  TaskDefinition,
  TaskDefinitionPlacementConstraint,
} from '@aws-sdk/client-ecs';
import type { World } from '../../core/world.ts';
import type { Cluster } from '../cluster.ts';
import type { TaskLaunch } from '../task-launch.ts';
import { withOverrides } from '../task-overrides.ts';
import { type AutoScalingGroup, AutoScalingGroups } from './auto-scaling-groups.ts';
import { CapacityProviders } from './capacity-providers.ts';
import { ContainerInstances } from './container-instances.ts';
import { chooseInstance, type Misfit, misfit, type PlacementRequest } from './placement.ts';
import type { ContainerInstance, TaskPlacement } from './state.ts';
import { taskNeeds } from './task-needs.ts';

export interface PlacementWishes {
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
}

export const noWishes: PlacementWishes = { constraints: [], strategy: [] };

export type Placed =
  /** Fargate tasks need no placement. */
  | { readonly placement: TaskPlacement | undefined; readonly unplaced?: undefined }
  | { readonly unplaced: { readonly reason: string; readonly misfits: readonly Misfit[] } };

/** What tasks of the EC2 launch type run on: container instances, their groups and capacity providers. */
export class Placements {
  readonly instances: ContainerInstances;
  readonly providers: CapacityProviders;
  readonly groups = new AutoScalingGroups();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.instances = new ContainerInstances(world);
    this.providers = new CapacityProviders(world);
  }

  /** The setting's instances, and those of groups that a template declared before the cluster. */
  clusterCreated(cluster: Cluster): void {
    const { containerInstances, containerInstanceType: instanceType } = this.#world.settings;
    for (let number = 0; number < containerInstances; number++) {
      this.instances.add(cluster, { instanceType });
    }
    for (const group of this.groups.ofCluster(cluster.name)) this.launchGroup(cluster, group);
  }

  /** Makes the group's instances in a cluster as many as it desires. */
  launchGroup(cluster: Cluster, group: AutoScalingGroup): void {
    const present = this.instances
      .ofCluster(cluster)
      .filter(({ autoScalingGroup }) => autoScalingGroup === group.name).length;
    for (let number = present; number < group.desiredCapacity; number++) {
      this.instances.register(cluster, {
        instanceType: group.instanceType,
        autoScalingGroup: group.name,
      });
    }
  }

  /** Finds room for a task; a provider with managed scaling makes some, up to its group's greatest size. */
  place(launch: TaskLaunch, wishes: PlacementWishes = noWishes): Placed {
    if (launch.launchType !== 'EC2') return { placement: undefined };
    const document = withOverrides(launch.taskDefinition.document, launch.overrides);
    const request = requestOf(launch, document, wishes);
    const candidates = this.#candidates(launch);
    const misfits = candidates.flatMap((instance) => misfit(request, instance) ?? []);
    const fitting = candidates.filter((one) => !misfits.some(({ instance }) => instance === one));
    const placement = chooseInstance(this.#world, request, fitting);
    if (placement) return { placement };
    const grown = this.#grow(launch);
    if (grown) {
      const still = misfit(request, grown);
      if (!still) return { placement: chooseInstance(this.#world, request, [grown]) };
      return { unplaced: { reason: closest(still), misfits: [...misfits, still] } };
    }
    const where = launch.capacityProviderName === undefined ? 'cluster' : 'capacity provider';
    const [first] = misfits;
    const reason = first
      ? closest(first)
      : `Reason: No Container Instances were found in your ${where}.`;
    return { unplaced: { reason, misfits } };
  }

  /** On one instance, whatever else there is: StartTask. */
  placeOn(launch: TaskLaunch, instance: ContainerInstance): Placed {
    const document = withOverrides(launch.taskDefinition.document, launch.overrides);
    const request = requestOf(launch, document, noWishes);
    const unfit = misfit(request, instance);
    return unfit
      ? { unplaced: { reason: closest(unfit), misfits: [unfit] } }
      : { placement: chooseInstance(this.#world, request, [instance]) };
  }

  #candidates({ cluster, capacityProviderName }: TaskLaunch): ContainerInstance[] {
    const active = this.instances.ofCluster(cluster).filter(({ status }) => status === 'ACTIVE');
    if (capacityProviderName === undefined) return active;
    const group = this.providers.find(capacityProviderName)?.autoScalingGroup;
    return active.filter(({ autoScalingGroup }) => autoScalingGroup === group);
  }

  #grow({ cluster, capacityProviderName }: TaskLaunch): ContainerInstance | undefined {
    const provider = this.providers.find(capacityProviderName ?? '');
    if (provider?.settings.managedScaling.status !== 'ENABLED') return undefined;
    const group = this.groups.find(provider.autoScalingGroup);
    const present = this.instances
      .ofCluster(cluster)
      .filter(({ autoScalingGroup }) => autoScalingGroup === provider.autoScalingGroup);
    if (group && present.length >= group.maxSize) return undefined;
    // On AWS instances without an agent's configuration for the cluster never join it.
    if (group && group.clusterName !== cluster.name) return undefined;
    return this.instances.add(cluster, {
      instanceType: group?.instanceType ?? this.#world.settings.containerInstanceType,
      autoScalingGroup: provider.autoScalingGroup,
    });
  }
}

function requestOf(
  launch: TaskLaunch,
  document: TaskDefinition,
  { constraints, strategy }: PlacementWishes,
): PlacementRequest {
  const declared: readonly TaskDefinitionPlacementConstraint[] =
    document.placementConstraints ?? [];
  return {
    needs: taskNeeds(document),
    group: launch.group,
    constraints: [...declared, ...constraints],
    strategy,
  };
}

/** In the words of service events (developer guide, "service event messages"). */
function closest({ instance, reason }: Misfit): string {
  const problems: Readonly<Record<string, string>> = {
    'RESOURCE:CPU': 'has insufficient CPU units available',
    'RESOURCE:MEMORY': 'has insufficient memory available',
    'RESOURCE:PORTS': 'is already using a port required by your task',
    ATTRIBUTE: 'is missing an attribute required by your task',
  };
  const problem = problems[reason] ?? `encountered error "${reason}"`;
  return `The closest matching (container-instance ${instance.id}) ${problem}.`;
}
