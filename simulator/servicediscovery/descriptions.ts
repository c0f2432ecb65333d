import type { NamespaceSummary, Operation, ServiceSummary } from '@aws-sdk/client-servicediscovery';
import type { Identity } from '../core/arns.ts';
import type { DiscoveryOperation, DiscoveryService, Namespace } from './state.ts';

/** What GetNamespace and ListNamespaces have in common. */
export function describeNamespace(
  namespace: Namespace,
  serviceCount: number,
  { accountId }: Identity,
): NamespaceSummary {
  const { hostedZoneId, soaTtl, description } = namespace;
  return {
    Id: namespace.id,
    Arn: namespace.arn,
    ResourceOwner: accountId,
    Name: namespace.name,
    Type: namespace.type,
    ...(description !== undefined && { Description: description }),
    ServiceCount: serviceCount,
    Properties: {
      ...(hostedZoneId !== undefined && {
        DnsProperties: {
          HostedZoneId: hostedZoneId,
          ...(soaTtl !== undefined && { SOA: { TTL: soaTtl } }),
        },
      }),
      HttpProperties: { HttpName: namespace.httpName },
    },
    CreateDate: new Date(namespace.createdAtMs),
  };
}

/** What GetService and ListServices have in common. */
export function describeService(
  service: DiscoveryService,
  { accountId }: Identity,
): ServiceSummary {
  const { description, dnsConfig, healthCheckConfig, healthCheckCustomConfig } = service;
  return {
    Id: service.id,
    Arn: service.arn,
    ResourceOwner: accountId,
    Name: service.name,
    Type: service.type,
    ...(description !== undefined && { Description: description }),
    InstanceCount: service.instances.size,
    ...(dnsConfig && {
      DnsConfig: {
        NamespaceId: service.namespace.id,
        RoutingPolicy: dnsConfig.RoutingPolicy ?? 'MULTIVALUE',
        DnsRecords: dnsConfig.DnsRecords,
      },
    }),
    ...(healthCheckConfig && {
      HealthCheckConfig: { FailureThreshold: 1, ...healthCheckConfig },
    }),
    // "It will always have value 1" (service model).
    ...(healthCheckCustomConfig && { HealthCheckCustomConfig: { FailureThreshold: 1 } }),
    CreateDate: new Date(service.createdAtMs),
    CreatedByAccount: accountId,
  };
}

export function describeOperation(
  operation: DiscoveryOperation,
  { accountId }: Identity,
): Operation {
  const { failure, atMs } = operation;
  return {
    Id: operation.id,
    OwnerAccount: accountId,
    Type: operation.type,
    Status: failure ? 'FAIL' : 'SUCCESS',
    ...(failure && { ErrorCode: failure.code, ErrorMessage: failure.message }),
    CreateDate: new Date(atMs),
    UpdateDate: new Date(atMs),
    Targets: operation.targets,
  };
}
