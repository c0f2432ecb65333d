import type {
  DeleteListenerCommandInput,
  DeleteRuleCommandInput,
  ModifyListenerAttributesCommandInput,
  ModifyListenerCommandInput,
  ModifyRuleCommandInput,
  RemoveListenerCertificatesCommandInput,
  SetRulePrioritiesCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import type { Elbv2Model } from './model.ts';
import { cfnActions, cfnAttributes, cfnCertificates, cfnConditions } from './template-schemas.ts';
import { updateTags } from './template-tags.ts';

const longestName = 32;

const listenerProperties = z.strictObject({
  LoadBalancerArn: z.string(),
  Port: cfnNumber.optional(),
  Protocol: z.string().optional(),
  Certificates: cfnCertificates.optional(),
  SslPolicy: z.string().optional(),
  DefaultActions: cfnActions,
  ListenerAttributes: cfnAttributes,
  AlpnPolicy: z.undefined({ error: 'not modelled: of Network Load Balancers' }).optional(),
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

/** An update sends what the template says: weights that a deployment left behind are reset (aws-facts 8, trap 3). */
export function listenerResources(model: Elbv2Model, api: ServiceApi): ResourceProviders {
  return {
    'AWS::ElasticLoadBalancingV2::Listener': resource(
      listenerProperties,
      async (properties) => {
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
      },
      {
        replacedBy: ['LoadBalancerArn'],
        async update({ physicalId: ListenerArn, next }, context) {
          const { LoadBalancerArn: _same, ListenerAttributes, AlpnPolicy: _none, ...rest } = next;
          const changed = { ListenerArn, ...rest } as ModifyListenerCommandInput;
          await api('ModifyListener', changed, context);
          if (ListenerAttributes) {
            await api<ModifyListenerAttributesCommandInput>(
              'ModifyListenerAttributes',
              { ListenerArn, Attributes: ListenerAttributes },
              context,
            );
          }
          return undefined;
        },
        async delete({ physicalId: ListenerArn }, context) {
          await api<DeleteListenerCommandInput>('DeleteListener', { ListenerArn }, context);
        },
      },
    ),
    'AWS::ElasticLoadBalancingV2::ListenerCertificate': resource(
      listenerCertificateProperties,
      ({ ListenerArn, Certificates }, context) => {
        model.listeners.addCertificates(ListenerArn, Certificates);
        return { physicalId: context.generatedName(longestName), attributes: {} };
      },
      {
        replacedBy: ['ListenerArn'],
        async update({ properties, next }, context) {
          const { ListenerArn } = next;
          const wanted = new Set(next.Certificates.map(({ CertificateArn }) => CertificateArn));
          const gone = properties.Certificates.filter((each) => !wanted.has(each.CertificateArn));
          model.listeners.addCertificates(ListenerArn, next.Certificates);
          const input = { ListenerArn, Certificates: gone };
          await api<RemoveListenerCertificatesCommandInput>(
            'RemoveListenerCertificates',
            input,
            context,
          );
          return undefined;
        },
        async delete({ properties }, context) {
          await api<RemoveListenerCertificatesCommandInput>(
            'RemoveListenerCertificates',
            properties,
            context,
          );
        },
      },
    ),
    'AWS::ElasticLoadBalancingV2::ListenerRule': resource(
      ruleProperties,
      (properties) => {
        const created = model.rules.create({
          listenerArn: properties.ListenerArn,
          priority: properties.Priority,
          conditions: properties.Conditions,
          actions: properties.Actions,
          tags: properties.Tags,
        });
        return { physicalId: created.arn, attributes: { RuleArn: created.arn, IsDefault: false } };
      },
      {
        replacedBy: ['ListenerArn'],
        async update({ physicalId: RuleArn, properties, next }, context) {
          const { Actions, Conditions, Priority, Tags } = next;
          const rule = { RuleArn, Actions, Conditions };
          await api<ModifyRuleCommandInput>('ModifyRule', rule, context);
          if (Priority !== properties.Priority) {
            await api<SetRulePrioritiesCommandInput>(
              'SetRulePriorities',
              { RulePriorities: [{ RuleArn, Priority }] },
              context,
            );
          }
          await updateTags(api, context, RuleArn, properties.Tags, Tags);
          return undefined;
        },
        async delete({ physicalId: RuleArn }, context) {
          await api<DeleteRuleCommandInput>('DeleteRule', { RuleArn }, context);
        },
      },
    ),
  };
}
