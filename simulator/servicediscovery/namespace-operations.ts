import type {
  CreateHttpNamespaceCommandInput,
  CreateHttpNamespaceCommandOutput,
  CreatePrivateDnsNamespaceCommandInput,
  CreatePrivateDnsNamespaceCommandOutput,
  DeleteNamespaceCommandInput,
  DeleteNamespaceCommandOutput,
  GetNamespaceCommandInput,
  GetNamespaceCommandOutput,
  GetOperationCommandInput,
  GetOperationCommandOutput,
  ListNamespacesCommandInput,
  ListNamespacesCommandOutput,
  UpdateHttpNamespaceCommandInput,
  UpdateHttpNamespaceCommandOutput,
  UpdatePrivateDnsNamespaceCommandInput,
  UpdatePrivateDnsNamespaceCommandOutput,
} from '@aws-sdk/client-servicediscovery';
import type { Identity } from '../core/arns.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { describeNamespace, describeOperation } from './descriptions.ts';
import { matchesAll, page } from './filters.ts';
import type { ServiceDiscoveryModel } from './model.ts';
import { invalidInput } from './service-rules.ts';
import type { Namespace } from './state.ts';
import { tagMap } from './tag-operations.ts';

export function namespaceOperations(
  model: ServiceDiscoveryModel,
  identity: Identity,
): WireService['operations'] {
  const describe = (namespace: Namespace) =>
    describeNamespace(namespace, model.servicesOf(namespace.id).length, identity);
  const update = (type: Namespace['type'], id: string | undefined) => {
    const namespace = model.namespace(id);
    if (namespace.type === type) return namespace;
    throw invalidInput(`The namespace ${id} has the type ${namespace.type}, not ${type}.`);
  };
  return {
    CreateHttpNamespace: operation<
      CreateHttpNamespaceCommandInput,
      CreateHttpNamespaceCommandOutput
    >(['Name', 'CreatorRequestId', 'Description', 'Tags'], (input) => {
      const { id } = model.createNamespace({
        name: input.Name ?? '',
        type: 'HTTP',
        description: input.Description,
        creatorRequestId: input.CreatorRequestId,
        tags: tagMap(input.Tags),
      });
      return { OperationId: id };
    }),
    CreatePrivateDnsNamespace: operation<
      CreatePrivateDnsNamespaceCommandInput,
      CreatePrivateDnsNamespaceCommandOutput
    >(['Name', 'CreatorRequestId', 'Description', 'Vpc', 'Tags', 'Properties'], (input) => {
      const { id } = model.createNamespace({
        name: input.Name ?? '',
        type: 'DNS_PRIVATE',
        vpcId: input.Vpc,
        description: input.Description,
        soaTtl: input.Properties?.DnsProperties?.SOA?.TTL,
        creatorRequestId: input.CreatorRequestId,
        tags: tagMap(input.Tags),
      });
      return { OperationId: id };
    }),
    UpdateHttpNamespace: operation<
      UpdateHttpNamespaceCommandInput,
      UpdateHttpNamespaceCommandOutput
    >(['Id', 'UpdaterRequestId', 'Namespace'], (input) => {
      const namespace = update('HTTP', input.Id);
      namespace.description = input.Namespace?.Description ?? namespace.description;
      return { OperationId: model.operation('UPDATE_NAMESPACE', { NAMESPACE: namespace.id }).id };
    }),
    UpdatePrivateDnsNamespace: operation<
      UpdatePrivateDnsNamespaceCommandInput,
      UpdatePrivateDnsNamespaceCommandOutput
    >(['Id', 'UpdaterRequestId', 'Namespace'], (input) => {
      const namespace = update('DNS_PRIVATE', input.Id);
      const { Description, Properties } = input.Namespace ?? {};
      namespace.description = Description ?? namespace.description;
      namespace.soaTtl = Properties?.DnsProperties?.SOA?.TTL ?? namespace.soaTtl;
      return { OperationId: model.operation('UPDATE_NAMESPACE', { NAMESPACE: namespace.id }).id };
    }),
    DeleteNamespace: operation<DeleteNamespaceCommandInput, DeleteNamespaceCommandOutput>(
      ['Id'],
      ({ Id }) => ({ OperationId: model.deleteNamespace(Id).id }),
    ),
    GetNamespace: operation<GetNamespaceCommandInput, GetNamespaceCommandOutput>(
      ['Id'],
      ({ Id }) => {
        const namespace = model.namespace(Id);
        const { creatorRequestId: CreatorRequestId } = namespace;
        return {
          Namespace: { ...describe(namespace), ...(CreatorRequestId && { CreatorRequestId }) },
        };
      },
    ),
    ListNamespaces: operation<ListNamespacesCommandInput, ListNamespacesCommandOutput>(
      ['NextToken', 'MaxResults', 'Filters'],
      (input) => {
        const found = model.namespaces().filter((namespace) =>
          matchesAll(input.Filters, (name) => {
            const { type, httpName } = namespace;
            return {
              TYPE: type,
              NAME: namespace.name,
              HTTP_NAME: httpName,
              RESOURCE_OWNER: 'SELF',
            }[name];
          }),
        );
        const { items, token } = page(found, input);
        return { Namespaces: items.map(describe), ...token };
      },
    ),
    GetOperation: operation<GetOperationCommandInput, GetOperationCommandOutput>(
      ['OperationId'],
      ({ OperationId }) => ({
        Operation: describeOperation(model.getOperation(OperationId), identity),
      }),
    ),
  };
}
