import type {
  DeregisterContainerInstanceCommandInput,
  DeregisterContainerInstanceCommandOutput,
  DescribeContainerInstancesCommandInput,
  DescribeContainerInstancesCommandOutput,
  Failure,
  ListContainerInstancesCommandInput,
  ListContainerInstancesCommandOutput,
  RegisterContainerInstanceCommandInput,
  RegisterContainerInstanceCommandOutput,
  UpdateContainerInstancesStateCommandInput,
  UpdateContainerInstancesStateCommandOutput,
} from '@aws-sdk/client-ecs';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { Cluster } from './cluster.ts';
import { describeContainerInstance } from './instances/describe-container-instance.ts';
import { deregisterInstance, setInstanceState } from './instances/instance-lifecycle.ts';
import { checkExpression, matchesExpression } from './instances/placement-expression.ts';
import { registrationOf } from './instances/registration.ts';
import type { ContainerInstance } from './instances/state.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { invalidParameter } from './service-rules.ts';

const mostDescribed = 100;
const mostChanged = 10;

/** EC2 instances of clusters: the simulator registers those of Auto Scaling groups, anybody may register more. */
export function containerInstanceOperations(
  model: EcsModel,
  world: World,
): WireService['operations'] {
  const { clusters, placements } = model;
  const { instances } = placements;
  const described = (instance: ContainerInstance, withTags = false) =>
    describeContainerInstance(placements, instance, withTags);
  const select = (
    cluster: Cluster,
    references: readonly string[],
  ): { found: ContainerInstance[]; failures: Failure[] } => ({
    found: references.flatMap((reference) => instances.find(cluster, reference) ?? []),
    failures: references
      .filter((reference) => !instances.find(cluster, reference))
      .map((reference) =>
        missing(
          reference,
          (id) => `${cluster.arn.replace(':cluster/', ':container-instance/')}/${id}`,
        ),
      ),
  });
  return {
    RegisterContainerInstance: operation<
      RegisterContainerInstanceCommandInput,
      RegisterContainerInstanceCommandOutput
    >(
      [
        'attributes',
        'cluster',
        'instanceIdentityDocument',
        'instanceIdentityDocumentSignature',
        'tags',
        'totalResources',
        'versionInfo',
      ],
      (input) => {
        const cluster = clusters.get(input.cluster);
        const registration = registrationOf(input, world.settings.containerInstanceType);
        return { containerInstance: described(instances.register(cluster, registration), true) };
      },
    ),
    DeregisterContainerInstance: operation<
      DeregisterContainerInstanceCommandInput,
      DeregisterContainerInstanceCommandOutput
    >(['cluster', 'containerInstance', 'force'], ({ cluster, containerInstance = '', force }) => {
      const instance = instances.get(clusters.get(cluster), containerInstance);
      deregisterInstance(instances, instance, force ?? false);
      return { containerInstance: described(instance) };
    }),
    UpdateContainerInstancesState: operation<
      UpdateContainerInstancesStateCommandInput,
      UpdateContainerInstancesStateCommandOutput
    >(['cluster', 'containerInstances', 'status'], (input) => {
      const references = input.containerInstances ?? [];
      if (references.length > mostChanged) {
        throw invalidParameter(
          `Container instances cannot have more than ${mostChanged} elements.`,
        );
      }
      const { status } = input;
      if (status !== 'ACTIVE' && status !== 'DRAINING') {
        throw invalidParameter(`Container instance status should be ACTIVE or DRAINING.`);
      }
      const { found, failures } = select(clusters.get(input.cluster), references);
      for (const instance of found) setInstanceState(instances, instance, status);
      return { containerInstances: found.map((instance) => described(instance)), failures };
    }),
    ListContainerInstances: operation<
      ListContainerInstancesCommandInput,
      ListContainerInstancesCommandOutput
    >(['cluster', 'filter', 'nextToken', 'maxResults', 'status'], (input) => {
      const { filter, status } = input;
      if (filter) checkExpression(filter);
      const found = instances
        .ofCluster(clusters.get(input.cluster))
        .filter((instance) => status === undefined || instance.status === status)
        .filter((instance) => !filter || matchesExpression(filter, instance));
      const { items, ...next } = page(found, input, { standard: 100, greatest: 100 });
      return { containerInstanceArns: items.map(({ arn }) => arn), ...next };
    }),
    DescribeContainerInstances: operation<
      DescribeContainerInstancesCommandInput,
      DescribeContainerInstancesCommandOutput
    >(['cluster', 'containerInstances', 'include'], ({ cluster, containerInstances, include }) => {
      const references = containerInstances ?? [];
      if (references.length === 0) throw invalidParameter('Container instances cannot be empty.');
      if (references.length > mostDescribed) {
        throw invalidParameter(
          `Container instances cannot have more than ${mostDescribed} elements.`,
        );
      }
      const { found, failures } = select(clusters.get(cluster), references);
      const withTags = include?.includes('TAGS') ?? false;
      return {
        containerInstances: found.map((instance) => described(instance, withTags)),
        failures,
      };
    }),
  };
}
