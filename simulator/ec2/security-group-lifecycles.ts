import type { ServiceApi } from '../cloudformation/service-api.ts';
import type { Ec2Model } from './model.ts';
import { changeInPlace, type Lifecycle } from './resource-lifecycles.ts';
import { createRules, type RuleProperties } from './security-group-rules.ts';

/** A group's own rules change with it; those of types of their own stay. */
export function securityGroupLifecycles(
  model: Ec2Model,
  api: ServiceApi,
): Record<string, Lifecycle> {
  const rule: Lifecycle = {
    replacedBy: [
      'CidrIp',
      'CidrIpv6',
      'DestinationPrefixListId',
      'DestinationSecurityGroupId',
      'FromPort',
      'GroupId',
      'IpProtocol',
      'SourcePrefixListId',
      'SourceSecurityGroupId',
      'SourceSecurityGroupOwnerId',
      'ToPort',
    ],
    update: (change) => changeInPlace(model, change.physicalId, change),
    delete: ({ physicalId }) => model.remove(physicalId),
  };
  return {
    'AWS::EC2::SecurityGroup': {
      replacedBy: ['GroupDescription', 'GroupName', 'VpcId'],
      nameProperty: 'GroupName',
      update({ physicalId, properties, next }) {
        const own = [
          ...(rules(properties.SecurityGroupIngress) ?? []),
          ...(rules(properties.SecurityGroupEgress) ?? []),
        ].map(spell);
        for (const { id, properties: held } of model.all('security group rule')) {
          const isOwn = held.IsDefault === true || own.includes(spell(held));
          if (held.GroupId === physicalId && isOwn) model.remove(id);
        }
        const egress = rules(next.SecurityGroupEgress);
        createRules(model, physicalId, rules(next.SecurityGroupIngress) ?? [], egress);
        model.update(physicalId, { Tags: next.Tags });
        return undefined;
      },
      async delete({ physicalId: GroupId }, context) {
        await api('DeleteSecurityGroup', { GroupId }, context);
      },
    },
    'AWS::EC2::SecurityGroupIngress': rule,
    'AWS::EC2::SecurityGroupEgress': rule,
  };
}

function rules(value: unknown): readonly RuleProperties[] | undefined {
  return value as readonly RuleProperties[] | undefined;
}

/** Two rules are one when protocol, ports and the other side are. */
function spell(rule: Readonly<Record<string, unknown>> | RuleProperties): string {
  const of = rule as Readonly<Record<string, unknown>>;
  return [
    'IpProtocol',
    'FromPort',
    'ToPort',
    'CidrIp',
    'CidrIpv6',
    'SourceSecurityGroupId',
    'DestinationSecurityGroupId',
    'SourcePrefixListId',
    'DestinationPrefixListId',
  ]
    .map((name) => String(of[name] ?? ''))
    .join(' ');
}
