import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import { canonicalHostedZoneId } from './descriptions.ts';
import type { Elbv2Model } from './model.ts';
import { cfnActions, cfnAttributes, cfnCertificates, cfnConditions } from './template-schemas.ts';

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

const listenerProperties = z.strictObject({
  LoadBalancerArn: z.string(),
  Port: cfnNumber.optional(),
  Protocol: z.string().optional(),
  Certificates: cfnCertificates.optional(),
  SslPolicy: z.string().optional(),
  DefaultActions: cfnActions,
  ListenerAttributes: cfnAttributes,
});

const listenerCertificateProperties = z.strictObject({
  ListenerArn: z.string(),
  Certificates: cfnCertificates,
});

const ruleProperties = z.strictObject({
  ListenerArn: z.string(),
  Priority: cfnNumber,
  Conditions: cfnConditions,
  Actions: cfnActions,
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
  HealthCheckPort: z.string().optional(),
  HealthCheckProtocol: z.string().optional(),
  HealthCheckTimeoutSeconds: cfnNumber.optional(),
  HealthyThresholdCount: cfnNumber.optional(),
  UnhealthyThresholdCount: cfnNumber.optional(),
  Matcher: z
    .strictObject({ HttpCode: z.string().optional(), GrpcCode: z.string().optional() })
    .optional(),
  TargetGroupAttributes: cfnAttributes,
  Tags: cfnTags,
});

/** The ElasticLoadBalancingV2 resource types of a template. */
export function elbv2Resources(model: Elbv2Model, _world: World): ResourceProviders {
  return {
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
    ),
    'AWS::ElasticLoadBalancingV2::Listener': resource(listenerProperties, async (properties) => {
      const created = await model.listeners.create({
        loadBalancer: model.loadBalancers.get(properties.LoadBalancerArn),
        port: properties.Port,
        protocol: properties.Protocol,
        certificates: properties.Certificates,
        sslPolicy: properties.SslPolicy,
        defaultActions: properties.DefaultActions,
        attributes: properties.ListenerAttributes,
      });
      return { physicalId: created.arn, attributes: { ListenerArn: created.arn } };
    }),
    'AWS::ElasticLoadBalancingV2::ListenerCertificate': resource(
      listenerCertificateProperties,
      ({ ListenerArn, Certificates }, context) => {
        model.listeners.addCertificates(ListenerArn, Certificates);
        return { physicalId: context.generatedName(longestName), attributes: {} };
      },
    ),
    'AWS::ElasticLoadBalancingV2::ListenerRule': resource(ruleProperties, (properties) => {
      const created = model.rules.create({
        listenerArn: properties.ListenerArn,
        priority: properties.Priority,
        conditions: properties.Conditions,
        actions: properties.Actions,
        tags: properties.Tags,
      });
      return { physicalId: created.arn, attributes: { RuleArn: created.arn, IsDefault: false } };
    }),
    'AWS::ElasticLoadBalancingV2::TargetGroup': resource(
      targetGroupProperties,
      ({ Name, TargetGroupAttributes, ...properties }, context) => {
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
    ),
  };
}
