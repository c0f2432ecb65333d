import type {
  IpPermission,
  ModifySecurityGroupRulesCommandInput,
  ModifySecurityGroupRulesCommandOutput,
  SecurityGroupRuleDescription,
  SecurityGroupRuleRequest,
  UpdateSecurityGroupRuleDescriptionsEgressCommandInput,
  UpdateSecurityGroupRuleDescriptionsEgressCommandOutput,
  UpdateSecurityGroupRuleDescriptionsIngressCommandInput,
  UpdateSecurityGroupRuleDescriptionsIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { matching } from './change-rule-operations.ts';
import { refuseDryRun } from './filters.ts';
import type { Ec2Model } from './model.ts';
import { rulesOf } from './permission-rules.ts';

interface DescriptionUpdate {
  readonly DryRun?: boolean | undefined;
  readonly GroupId?: string | undefined;
  readonly IpPermissions?: IpPermission[] | undefined;
  readonly SecurityGroupRuleDescriptions?: SecurityGroupRuleDescription[] | undefined;
}

const descriptionMembers = [
  'DryRun',
  'GroupId',
  'IpPermissions',
  'SecurityGroupRuleDescriptions',
] as const;

/** Rules changed in place, under the ids that they have. */
export function modifyRuleOperations(model: Ec2Model): Record<string, WireOperation> {
  return {
    ModifySecurityGroupRules: operation<
      ModifySecurityGroupRulesCommandInput,
      ModifySecurityGroupRulesCommandOutput
    >(['GroupId', 'SecurityGroupRules', 'DryRun'], (input) => {
      refuseDryRun(input);
      const group = model.require('security group', input.GroupId ?? '');
      const changes = (input.SecurityGroupRules ?? []).map(
        ({ SecurityGroupRuleId = '', SecurityGroupRule = {} }) => ({
          id: model.require('security group rule', SecurityGroupRuleId).id,
          rule: readRequest(model, SecurityGroupRule),
        }),
      );
      const other = changes.find(({ id }) => model.find(id)?.properties.GroupId !== group.id);
      if (other) {
        throw new AwsError(
          'InvalidSecurityGroupRuleId.NotFound',
          `The security group rule ID '${other.id}' does not exist`,
        );
      }
      for (const { id, rule } of changes) model.update(id, rule);
      return { Return: true };
    }),
    UpdateSecurityGroupRuleDescriptionsIngress: operation<
      UpdateSecurityGroupRuleDescriptionsIngressCommandInput,
      UpdateSecurityGroupRuleDescriptionsIngressCommandOutput
    >(descriptionMembers, (input) => describeRules(model, input, false)),
    UpdateSecurityGroupRuleDescriptionsEgress: operation<
      UpdateSecurityGroupRuleDescriptionsEgressCommandInput,
      UpdateSecurityGroupRuleDescriptionsEgressCommandOutput
    >(descriptionMembers, (input) => describeRules(model, input, true)),
  };
}

/** The whole rule anew: what the request leaves out is gone. */
function readRequest(model: Ec2Model, request: SecurityGroupRuleRequest) {
  const { IpProtocol = '-1', FromPort, ToPort, Description } = request;
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = request;
  const permission: IpPermission = {
    IpProtocol,
    FromPort,
    ToPort,
    IpRanges: CidrIpv4 ? [{ CidrIp: CidrIpv4 }] : [],
    Ipv6Ranges: CidrIpv6 ? [{ CidrIpv6 }] : [],
    PrefixListIds: PrefixListId ? [{ PrefixListId }] : [],
    UserIdGroupPairs: ReferencedGroupId ? [{ GroupId: ReferencedGroupId }] : [],
  };
  const [rule, ...more] = rulesOf(model, { IpPermissions: [permission] });
  if (!rule || more.length > 0) {
    throw new AwsError(
      'InvalidParameterValue',
      'A security group rule must have exactly one source or destination',
    );
  }
  const none = {
    CidrIp: undefined,
    CidrIpv6: undefined,
    PrefixListId: undefined,
    SourceSecurityGroupId: undefined,
    DestinationSecurityGroupId: undefined,
  };
  return { ...none, ...rule, Description };
}

function describeRules(
  model: Ec2Model,
  input: DescriptionUpdate,
  isEgress: boolean,
): { Return: boolean } {
  refuseDryRun(input);
  const group = model.require('security group', input.GroupId ?? '');
  const named = (input.SecurityGroupRuleDescriptions ?? []).map(
    ({ SecurityGroupRuleId = '', Description }) => ({
      id: model.require('security group rule', SecurityGroupRuleId).id,
      Description,
    }),
  );
  const given = rulesOf(model, { IpPermissions: input.IpPermissions ?? [] }).map((rule) => {
    const found = matching(model, group.id, isEgress, rule);
    if (found) return { id: found.id, Description: rule.Description };
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  });
  for (const { id, Description } of [...named, ...given]) model.update(id, { Description });
  return { Return: true };
}
