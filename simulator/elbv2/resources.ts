import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { sameValue } from '../cloudformation/same-value.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { World } from '../core/world.ts';
import { canonicalHostedZoneId } from './descriptions.ts';
import { listenerResources } from './listener-resources.ts';
import type { Elbv2Model } from './model.ts';
import { cfnAttributes } from './template-schemas.ts';
import { updateTags } from './template-tags.ts';
import { elbv2Wire } from './wire.ts';

const longestName = 32;

const loadBalancerProperties = z.strictObject({
  Name: z.string().optional(),
  Type: z.string().optional(),
  Scheme: z.string().optional(),
  IpAddressType: z.string().optional(),
  Subnets: z.array(z.string()).optional(),
  SecurityGroups: z.array(z.string()).optional(),
  LoadBalancerAttributes: cfnAttributes,
  Tags: cfnTags,
});

const targetGroupProperties = z.strictObject({
  Name: z.string().optional(),
  Port: cfnNumber.optional(),
  Protocol: z.string().optional(),
  ProtocolVersion: z.string().optional(),
  TargetType: z.string().optional(),
  IpAddressType: z.string().optional(),
  VpcId: z.string().optional(),
  HealthCheckEnabled: cfnBoolean.optional(),
  HealthCheckIntervalSeconds: cfnNumber.optional(),
  HealthCheckPath: z.string().optional(),
  HealthCheckPort: z.union([z.string(), z.number().transform(String)]).optional(),
  HealthCheckProtocol: z.string().optional(),
  HealthCheckTimeoutSeconds: cfnNumber.optional(),
  HealthyThresholdCount: cfnNumber.optional(),
  UnhealthyThresholdCount: cfnNumber.optional(),
  Matcher: z
    .strictObject({
      HttpCode: z.union([z.string(), z.number().transform(String)]).optional(),
      GrpcCode: z.string().optional(),
    })
    .optional(),
  TargetGroupAttributes: cfnAttributes,
  Targets: z.array(z.never(), { error: 'not modelled: ECS registers targets' }).optional(),
  Tags: cfnTags,
});

const healthCheckMembers = new Set([
  'HealthCheckEnabled',
  'HealthCheckIntervalSeconds',
  'HealthCheckPath',
  'HealthCheckPort',
  'HealthCheckProtocol',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Matcher',
]);

/** The ElasticLoadBalancingV2 resource types of a template. */
export function elbv2Resources(model: Elbv2Model, world: World): ResourceProviders {
  const api = serviceApi(() => elbv2Wire(model, world));
  return {
    ...listenerResources(model, api),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': resource(
      loadBalancerProperties,
      (properties, context) => {
        const created = model.loadBalancers.create({
          name: properties.Name ?? context.generatedName(longestName),
          scheme: properties.Scheme,
          type: properties.Type,
          subnets: properties.Subnets,
          securityGroups: properties.SecurityGroups,
          ipAddressType: properties.IpAddressType,
          attributes: properties.LoadBalancerAttributes,
          tags: properties.Tags,
        });
        return {
          physicalId: created.arn,
          attributes: {
            LoadBalancerArn: created.arn,
            LoadBalancerName: created.name,
            LoadBalancerFullName: created.fullName,
            DNSName: created.dnsName,
            CanonicalHostedZoneID: canonicalHostedZoneId,
            SecurityGroups: created.securityGroups,
          },
        };
      },
      {
        replacedBy: ['Name', 'Scheme', 'Type'],
        nameProperty: 'Name',
        async update({ physicalId: LoadBalancerArn, properties, next }, context) {
          const {
            LoadBalancerAttributes: Attributes,
            IpAddressType,
            Subnets,
            SecurityGroups,
          } = next;
          if (Attributes && !sameValue(Attributes, properties.LoadBalancerAttributes)) {
            await api('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes }, context);
          }
          if (!sameValue(Subnets, properties.Subnets)) {
            await api('SetSubnets', { LoadBalancerArn, Subnets }, context);
          }
          if (!sameValue(SecurityGroups, properties.SecurityGroups)) {
            await api('SetSecurityGroups', { LoadBalancerArn, SecurityGroups }, context);
          }
          if (IpAddressType !== properties.IpAddressType) {
            await api('SetIpAddressType', { LoadBalancerArn, IpAddressType }, context);
          }
          await updateTags(api, context, LoadBalancerArn, properties.Tags, next.Tags);
          return undefined;
        },
        async delete({ physicalId: LoadBalancerArn }, context) {
          await api('DeleteLoadBalancer', { LoadBalancerArn }, context);
        },
      },
    ),
    'AWS::ElasticLoadBalancingV2::TargetGroup': resource(
      targetGroupProperties,
      ({ Name, TargetGroupAttributes, Targets: _none, ...properties }, context) => {
        const created = model.targetGroups.create({
          ...properties,
          name: Name ?? context.generatedName(longestName),
          protocol: properties.Protocol,
          protocolVersion: properties.ProtocolVersion,
          port: properties.Port,
          vpcId: properties.VpcId,
          targetType: properties.TargetType,
          ipAddressType: properties.IpAddressType,
          attributes: TargetGroupAttributes,
          tags: properties.Tags,
        });
        return {
          physicalId: created.arn,
          attributes: {
            TargetGroupArn: created.arn,
            TargetGroupName: created.name,
            TargetGroupFullName: created.fullName,
            // Known only once a listener names the group; read through the getter then.
            get LoadBalancerArns() {
              return created.loadBalancerArn === undefined ? [] : [created.loadBalancerArn];
            },
          },
        };
      },
      {
        replacedBy: [
          'IpAddressType',
          'Name',
          'Port',
          'Protocol',
          'ProtocolVersion',
          'TargetType',
          'VpcId',
        ],
        nameProperty: 'Name',
        async update({ physicalId: TargetGroupArn, properties, next }, context) {
          const check = Object.fromEntries(
            Object.entries(next).filter(([name]) => healthCheckMembers.has(name)),
          );
          await api('ModifyTargetGroup', { TargetGroupArn, ...check }, context);
          if (next.TargetGroupAttributes) {
            const Attributes = next.TargetGroupAttributes;
            await api('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes }, context);
          }
          if (!sameValue(next.Targets, properties.Targets)) {
            throw new Error('changing Targets of a target group is not modelled');
          }
          await updateTags(api, context, TargetGroupArn, properties.Tags, next.Tags);
          return undefined;
        },
        async delete({ physicalId: TargetGroupArn }, context) {
          await api('DeleteTargetGroup', { TargetGroupArn }, context);
        },
      },
    ),
  };
}
