import { isDeepStrictEqual } from 'node:util';
import type {
  CreateServiceCommandOutput,
  GetOperationCommandOutput,
} from '@aws-sdk/client-servicediscovery';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import { type ServiceApi, serviceApi } from '../cloudformation/service-api.ts';
import { changeTags, type TemplateTag } from '../cloudformation/tag-changes.ts';
import type { World } from '../core/world.ts';
import type { ServiceDiscoveryModel } from './model.ts';
import { serviceDiscoveryWire } from './wire.ts';

const httpNamespaceProperties = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  Tags: cfnTags,
});

const soa = z.strictObject({ TTL: cfnNumber.optional() });

const privateDnsNamespaceProperties = z.strictObject({
  Name: z.string(),
  Vpc: z.string(),
  Description: z.string().optional(),
  Properties: z
    .strictObject({ DnsProperties: z.strictObject({ SOA: soa.optional() }).optional() })
    .optional(),
  Tags: cfnTags,
});

const serviceProperties = z.strictObject({
  Name: z.string().optional(),
  NamespaceId: z.string().optional(),
  Description: z.string().optional(),
  DnsConfig: z
    .strictObject({
      NamespaceId: z.string().optional(),
      RoutingPolicy: z.string().optional(),
      DnsRecords: z.array(z.strictObject({ Type: z.string(), TTL: cfnNumber })),
    })
    .optional(),
  HealthCheckConfig: z
    .strictObject({
      Type: z.string(),
      ResourcePath: z.string().optional(),
      FailureThreshold: cfnNumber.optional(),
    })
    .optional(),
  HealthCheckCustomConfig: z.strictObject({ FailureThreshold: cfnNumber.optional() }).optional(),
  Type: z.string().optional(),
  Tags: cfnTags,
});

/** Namespaces and services of a template; `Ref` is their id ("Return values" of each type). */
export function serviceDiscoveryResources(
  model: ServiceDiscoveryModel,
  world: World,
): ResourceProviders {
  const api = serviceApi(() => serviceDiscoveryWire(model, world));
  const made = async (operation: string, input: object, context: ResourceContext) => {
    const Id = (await done(api, operation, input, context)).NAMESPACE ?? '';
    const { arn: Arn, hostedZoneId } = model.namespace(Id);
    return {
      physicalId: Id,
      attributes: { Arn, Id, ...(hostedZoneId !== undefined && { HostedZoneId: hostedZoneId }) },
    };
  };
  return {
    'AWS::ServiceDiscovery::HttpNamespace': resource(
      httpNamespaceProperties,
      (properties, context) => made('CreateHttpNamespace', properties, context),
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        async update({ physicalId: Id, attributes, properties, next }, context) {
          const Namespace = changedDescription(properties, next);
          await done(api, 'UpdateHttpNamespace', { Id, Namespace }, context);
          await updateTags(api, attributes.Arn, properties.Tags, next.Tags, context);
          return undefined;
        },
        async delete({ physicalId: Id }, context) {
          await done(api, 'DeleteNamespace', { Id }, context);
        },
      },
    ),
    'AWS::ServiceDiscovery::PrivateDnsNamespace': resource(
      privateDnsNamespaceProperties,
      (properties, context) => made('CreatePrivateDnsNamespace', properties, context),
      {
        replacedBy: ['Name', 'Vpc'],
        async update({ physicalId: Id, attributes, properties, next }, context) {
          const { Properties } = next;
          const Namespace = {
            ...changedDescription(properties, next),
            ...(Properties && { Properties }),
          };
          await done(api, 'UpdatePrivateDnsNamespace', { Id, Namespace }, context);
          await updateTags(api, attributes.Arn, properties.Tags, next.Tags, context);
          return undefined;
        },
        async delete({ physicalId: Id }, context) {
          await done(api, 'DeleteNamespace', { Id }, context);
        },
      },
    ),
    'AWS::ServiceDiscovery::Service': resource(
      serviceProperties,
      async (properties, context) => {
        const Name = properties.Name ?? context.generatedName(64);
        const { Service } = await api<object, CreateServiceCommandOutput>(
          'CreateService',
          { ...properties, Name },
          context,
        );
        const { Id = '', Arn } = Service ?? {};
        return { physicalId: Id, attributes: { Arn, Id, Name } };
      },
      {
        replacedBy: ['HealthCheckCustomConfig', 'Name', 'NamespaceId', 'Type'],
        nameProperty: 'Name',
        async update({ physicalId: Id, attributes, properties, next }, context) {
          const { DnsConfig, HealthCheckConfig } = next;
          for (const member of ['NamespaceId', 'RoutingPolicy'] as const) {
            if (properties.DnsConfig?.[member] === DnsConfig?.[member]) continue;
            throw new Error(`A change of DnsConfig.${member} replaces the service: not simulated`);
          }
          const Service = {
            ...changedDescription(properties, next),
            ...(DnsConfig && { DnsConfig: { DnsRecords: DnsConfig.DnsRecords } }),
            ...(HealthCheckConfig && { HealthCheckConfig }),
          };
          const same = ({ Tags: _tags, ...others }: typeof next) => others;
          if (!isDeepStrictEqual(same(properties), same(next))) {
            await done(api, 'UpdateService', { Id, Service }, context);
          }
          await updateTags(api, attributes.Arn, properties.Tags, next.Tags, context);
          return undefined;
        },
        async delete({ physicalId: Id }, context) {
          await api('DeleteService', { Id }, context);
        },
      },
    ),
  };
}

/** Calls, and asks what became of it; throws the reason of a failed operation. */
async function done(
  api: ServiceApi,
  name: string,
  input: object,
  context: ResourceContext,
): Promise<Partial<Record<string, string>>> {
  const { OperationId } = await api<object, { OperationId: string }>(name, input, context);
  const { Operation } = await api<object, GetOperationCommandOutput>(
    'GetOperation',
    { OperationId },
    context,
  );
  if (Operation?.Status === 'FAIL') throw new Error(Operation.ErrorMessage);
  return Operation?.Targets ?? {};
}

/** One that the template no longer gives becomes empty. */
function changedDescription(
  { Description: before }: { Description?: string | undefined },
  { Description: after }: { Description?: string | undefined },
): { Description?: string } {
  return before === after ? {} : { Description: after ?? '' };
}

async function updateTags(
  api: ServiceApi,
  ResourceARN: unknown,
  before: readonly TemplateTag[] | undefined,
  after: readonly TemplateTag[] | undefined,
  context: ResourceContext,
): Promise<void> {
  await changeTags(before, after, {
    set: (Tags) => api('TagResource', { ResourceARN, Tags }, context),
    remove: (TagKeys) => api('UntagResource', { ResourceARN, TagKeys }, context),
  });
}
