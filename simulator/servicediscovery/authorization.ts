import { arn, type Identity } from '../core/arns.ts';
import {
  anyResource,
  member,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

/** Actions on Cloud Map: its page in the Service Authorization Reference. */
export function serviceDiscoveryAuthorization(identity: Identity): ServiceAuthorization {
  const resource = (kind: 'namespace' | 'service', reference: unknown) => {
    const id = text(reference) || '*';
    return id.startsWith('arn:') ? id : arn(identity, 'servicediscovery', `${kind}/${id}`);
  };
  const create = (input: RequestMembers) => [
    { resource: '*', keys: requestTagKeys(input.Tags) },
    ...tagging('servicediscovery:TagResource', '*', input.Tags),
  ];
  const onNamespace = ({ Id }: RequestMembers) => ({ resource: resource('namespace', Id) });
  const onService = ({ Id, ServiceId }: RequestMembers) => {
    const service = resource('service', Id ?? ServiceId);
    return {
      resource: service,
      ...(ServiceId !== undefined && { keys: { 'servicediscovery:ServiceArn': service } }),
    };
  };
  return {
    prefix: 'servicediscovery',
    operations: {
      ...anyResource('GetOperation', 'ListNamespaces', 'ListServices', 'ListTagsForResource'),
      ...sameNeeds(create, 'CreateHttpNamespace', 'CreatePrivateDnsNamespace'),
      ...sameNeeds(
        onNamespace,
        'DeleteNamespace',
        'GetNamespace',
        'UpdateHttpNamespace',
        'UpdatePrivateDnsNamespace',
      ),
      ...sameNeeds(
        onService,
        'DeleteService',
        'GetInstance',
        'GetService',
        'ListInstances',
        'UpdateService',
      ),
      CreateService: (input) => {
        const namespace = resource(
          'namespace',
          input.NamespaceId ?? member(input.DnsConfig, 'NamespaceId'),
        );
        const keys = {
          'servicediscovery:NamespaceArn': namespace,
          ...requestTagKeys(input.Tags),
        };
        return [
          { resource: namespace, keys },
          { resource: resource('service', '*'), keys },
          ...tagging('servicediscovery:TagResource', '*', input.Tags),
        ];
      },
      DiscoverInstances: ({ NamespaceName, ServiceName }) => ({
        resource: '*',
        keys: {
          'servicediscovery:NamespaceName': text(NamespaceName),
          'servicediscovery:ServiceName': text(ServiceName),
        },
      }),
      TagResource: ({ Tags }) => ({ resource: '*', keys: requestTagKeys(Tags) }),
      UntagResource: ({ TagKeys }) => ({ resource: '*', keys: tagKeys(TagKeys) }),
    },
  };
}
