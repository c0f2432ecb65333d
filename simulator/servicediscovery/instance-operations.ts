import type {
  DiscoverInstancesCommandInput,
  DiscoverInstancesCommandOutput,
  GetInstanceCommandInput,
  GetInstanceCommandOutput,
  ListInstancesCommandInput,
  ListInstancesCommandOutput,
} from '@aws-sdk/client-servicediscovery';
import type { Identity } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { page } from './filters.ts';
import type { ServiceDiscoveryModel } from './model.ts';
import type { DiscoveryService, Instance } from './state.ts';

export function instanceOperations(
  model: ServiceDiscoveryModel,
  { accountId }: Identity,
): WireService['operations'] {
  const describe = ({ id, attributes }: Instance) => ({
    Id: id,
    Attributes: attributes,
    CreatedByAccount: accountId,
  });
  return {
    ListInstances: operation<ListInstancesCommandInput, ListInstancesCommandOutput>(
      ['ServiceId', 'NextToken', 'MaxResults'],
      (input) => {
        const { instances } = model.service(input.ServiceId);
        const { items, token } = page([...instances.values()], input);
        return { ResourceOwner: accountId, Instances: items.map(describe), ...token };
      },
    ),
    GetInstance: operation<GetInstanceCommandInput, GetInstanceCommandOutput>(
      ['ServiceId', 'InstanceId'],
      ({ ServiceId, InstanceId = '' }) => {
        const instance = model.service(ServiceId).instances.get(InstanceId);
        if (instance) return { ResourceOwner: accountId, Instance: describe(instance) };
        throw new AwsError('InstanceNotFound', `No instance with ID ${InstanceId} exists.`);
      },
    ),
    DiscoverInstances: operation<DiscoverInstancesCommandInput, DiscoverInstancesCommandOutput>(
      [
        'NamespaceName',
        'ServiceName',
        'MaxResults',
        'QueryParameters',
        'OptionalParameters',
        'HealthStatus',
      ],
      (input) => {
        const service = discovered(model, input);
        return {
          Instances: selected(service, input)
            .slice(0, input.MaxResults ?? 100)
            .map(({ id, attributes, health }) => ({
              InstanceId: id,
              NamespaceName: service.namespace.httpName,
              ServiceName: service.name,
              HealthStatus: health ?? ('UNKNOWN' as const),
              Attributes: attributes,
            })),
          InstancesRevision: service.revision,
        };
      },
    ),
  };
}

function discovered(
  model: ServiceDiscoveryModel,
  { NamespaceName, ServiceName }: DiscoverInstancesCommandInput,
): DiscoveryService {
  const namespace = model.namespaces().find(({ httpName }) => httpName === NamespaceName);
  if (!namespace) {
    throw new AwsError('NamespaceNotFound', `No namespace named ${NamespaceName} exists.`);
  }
  const service = model.servicesOf(namespace.id).find(({ name }) => name === ServiceName);
  if (service) return service;
  throw new AwsError('ServiceNotFound', `No service named ${ServiceName} exists.`);
}

/** Required parameters, then health, then the optional ones where they leave any (API reference). */
function selected(
  { instances }: DiscoveryService,
  { QueryParameters = {}, OptionalParameters = {}, HealthStatus }: DiscoverInstancesCommandInput,
): Instance[] {
  const has =
    (wanted: Readonly<Record<string, string>>) =>
    ({ attributes }: Instance) =>
      Object.entries(wanted).every(([key, value]) => attributes[key] === value);
  const found = [...instances.values()].filter(has(QueryParameters));
  const of = (wanted: Instance['health']) =>
    found.filter(({ health }) => health === undefined || health === wanted);
  const healthy = of('HEALTHY');
  const byHealth = {
    ALL: found,
    HEALTHY: healthy,
    UNHEALTHY: of('UNHEALTHY'),
    HEALTHY_OR_ELSE_ALL: healthy.length > 0 ? healthy : found,
  }[HealthStatus ?? 'ALL'];
  const preferred = byHealth.filter(has(OptionalParameters));
  return preferred.length > 0 ? preferred : byHealth;
}
