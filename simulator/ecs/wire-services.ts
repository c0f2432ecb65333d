import type {
  CreateServiceCommandInput,
  CreateServiceCommandOutput,
  DeleteServiceCommandInput,
  DeleteServiceCommandOutput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-ecs';
import { operation, type WireService } from '../wire/operation.ts';
import { describeService } from './describe-service.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { invalidParameter } from './service-rules.ts';

const mostDescribed = 10;

export function serviceOperations(model: EcsModel): WireService['operations'] {
  const { clusters, services } = model;
  return {
    CreateService: operation<CreateServiceCommandInput, CreateServiceCommandOutput>(
      [
        'cluster',
        'serviceName',
        'taskDefinition',
        'loadBalancers',
        'role',
        'desiredCount',
        'clientToken',
        'launchType',
        'platformVersion',
        'deploymentConfiguration',
        'placementConstraints',
        'placementStrategy',
        'networkConfiguration',
        'healthCheckGracePeriodSeconds',
        'schedulingStrategy',
        'deploymentController',
        'tags',
        'enableECSManagedTags',
        'propagateTags',
        'enableExecuteCommand',
        'availabilityZoneRebalancing',
        'capacityProviderStrategy',
        'serviceConnectConfiguration',
        'serviceRegistries',
        'volumeConfigurations',
        'vpcLatticeConfigurations',
      ],
      (input, { caller }) => ({
        service: describeService(model, model.createService(input, caller), true),
      }),
    ),
    UpdateService: operation<UpdateServiceCommandInput, UpdateServiceCommandOutput>(
      [
        'cluster',
        'service',
        'desiredCount',
        'taskDefinition',
        'capacityProviderStrategy',
        'deploymentConfiguration',
        'networkConfiguration',
        'placementConstraints',
        'placementStrategy',
        'platformVersion',
        'forceNewDeployment',
        'healthCheckGracePeriodSeconds',
        'deploymentController',
        'enableECSManagedTags',
        'loadBalancers',
        'propagateTags',
        'serviceRegistries',
        'availabilityZoneRebalancing',
        'enableExecuteCommand',
        'serviceConnectConfiguration',
        'volumeConfigurations',
        'vpcLatticeConfigurations',
      ],
      (input) => ({ service: describeService(model, model.updateService(input), true) }),
    ),
    DeleteService: operation<DeleteServiceCommandInput, DeleteServiceCommandOutput>(
      ['cluster', 'service', 'force'],
      (input) => {
        const deleted = model.deleteService(input.cluster, input.service, input.force ?? false);
        return { service: describeService(model, deleted, false) };
      },
    ),
    DescribeServices: operation<DescribeServicesCommandInput, DescribeServicesCommandOutput>(
      ['cluster', 'services', 'include'],
      (input) => {
        const cluster = clusters.get(input.cluster);
        const references = input.services ?? [];
        if (references.length === 0) throw invalidParameter('Services cannot be empty.');
        if (references.length > mostDescribed) {
          throw invalidParameter(`service names can have at most ${mostDescribed} items`);
        }
        const withTags = input.include?.includes('TAGS') ?? false;
        const found = references.map((reference) => ({
          reference,
          service: services.find(cluster, reference),
        }));
        return {
          services: found.flatMap(({ service }) =>
            service ? [describeService(model, service, withTags)] : [],
          ),
          failures: found
            .filter(({ service }) => !service)
            .map(({ reference }) =>
              missing(
                reference,
                (name) => `${cluster.arn.replace(':cluster/', ':service/')}/${name}`,
              ),
            ),
        };
      },
    ),
    ListServices: operation<ListServicesCommandInput, ListServicesCommandOutput>(
      ['cluster', 'nextToken', 'maxResults', 'launchType', 'schedulingStrategy'],
      (input) => {
        const others =
          (input.launchType ?? 'FARGATE') !== 'FARGATE' ||
          (input.schedulingStrategy ?? 'REPLICA') !== 'REPLICA';
        const found = services
          .ofCluster(clusters.get(input.cluster))
          .filter(({ status }) => status !== 'INACTIVE' && !others);
        const { items, ...next } = page(found, input, { standard: 10, greatest: 100 });
        return { serviceArns: items.map(({ arn }) => arn), ...next };
      },
    ),
  };
}
