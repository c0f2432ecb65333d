import type {
  CreateServiceCommandInput,
  CreateServiceCommandOutput,
  DeleteServiceCommandInput,
  DeleteServiceCommandOutput,
  GetServiceCommandInput,
  GetServiceCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-servicediscovery';
import type { Identity } from '../core/arns.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { describeService } from './descriptions.ts';
import { matchesAll, page } from './filters.ts';
import type { ServiceDiscoveryModel } from './model.ts';
import { invalidInput } from './service-rules.ts';
import type { DiscoveryService } from './state.ts';
import { tagMap } from './tag-operations.ts';

export function serviceOperations(
  model: ServiceDiscoveryModel,
  identity: Identity,
): WireService['operations'] {
  const describe = (service: DiscoveryService) => {
    const { creatorRequestId: CreatorRequestId } = service;
    return {
      ...describeService(service, identity),
      NamespaceId: service.namespace.id,
      ...(CreatorRequestId && { CreatorRequestId }),
    };
  };
  return {
    CreateService: operation<CreateServiceCommandInput, CreateServiceCommandOutput>(
      [
        'Name',
        'NamespaceId',
        'CreatorRequestId',
        'Description',
        'DnsConfig',
        'HealthCheckConfig',
        'HealthCheckCustomConfig',
        'Tags',
        'Type',
      ],
      (input) => ({
        Service: describe(
          model.createService({
            name: input.Name ?? '',
            namespaceId: input.NamespaceId,
            creatorRequestId: input.CreatorRequestId,
            description: input.Description,
            dnsConfig: input.DnsConfig,
            healthCheckConfig: input.HealthCheckConfig,
            healthCheckCustomConfig: input.HealthCheckCustomConfig,
            type: input.Type,
            tags: tagMap(input.Tags),
          }),
        ),
      }),
    ),
    GetService: operation<GetServiceCommandInput, GetServiceCommandOutput>(['Id'], ({ Id }) => ({
      Service: describe(model.service(Id)),
    })),
    ListServices: operation<ListServicesCommandInput, ListServicesCommandOutput>(
      ['NextToken', 'MaxResults', 'Filters'],
      (input) => {
        const found = model
          .services()
          .filter(({ namespace }) =>
            matchesAll(
              input.Filters,
              (name) => ({ NAMESPACE_ID: namespace.id, RESOURCE_OWNER: 'SELF' })[name],
            ),
          );
        const { items, token } = page(found, input);
        return { Services: items.map((service) => describeService(service, identity)), ...token };
      },
    ),
    UpdateService: operation<UpdateServiceCommandInput, UpdateServiceCommandOutput>(
      ['Id', 'Service'],
      ({ Id, Service: change }) => {
        const service = model.service(Id);
        const { dnsConfig, namespace } = service;
        // API reference, UpdateService: "You can't" for services of HTTP namespaces.
        if (namespace.type === 'HTTP') {
          throw invalidInput('A service of an HTTP namespace cannot be updated.');
        }
        service.description = change?.Description ?? service.description;
        // Records and checks from outside that are left out are deleted (same page).
        service.dnsConfig = dnsConfig && {
          ...dnsConfig,
          DnsRecords: change?.DnsConfig?.DnsRecords ?? [],
        };
        service.healthCheckConfig = change?.HealthCheckConfig;
        return { OperationId: model.operation('UPDATE_SERVICE', { SERVICE: service.id }).id };
      },
    ),
    DeleteService: operation<DeleteServiceCommandInput, DeleteServiceCommandOutput>(
      ['Id'],
      ({ Id }) => {
        model.deleteService(Id);
        return {};
      },
    ),
  };
}
