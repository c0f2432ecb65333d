import type {
  CreateSecurityGroupCommandInput,
  CreateSecurityGroupCommandOutput,
  DeleteSecurityGroupCommandInput,
  DeleteSecurityGroupCommandOutput,
} from '@aws-sdk/client-ec2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkGroupIsUnused } from './dependencies.ts';
import { refuseDryRun } from './filters.ts';
import type { InterfaceHolders } from './interfaces.ts';
import type { Ec2Model } from './model.ts';
import { createRules, securityGroupRules } from './security-group-rules.ts';
import { tagsFor } from './tags.ts';

/** What names and descriptions of groups may hold (EC2 reference, CreateSecurityGroup). */
const allowedText = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

/** Security groups made and deleted by clients. */
export function securityGroupLifecycle(
  model: Ec2Model,
  world: World,
  holders: InterfaceHolders,
): Record<string, WireOperation> {
  return {
    CreateSecurityGroup: operation<
      CreateSecurityGroupCommandInput,
      CreateSecurityGroupCommandOutput
    >(['GroupName', 'Description', 'VpcId', 'TagSpecifications', 'DryRun'], (input) => {
      refuseDryRun(input);
      const { GroupName = '', Description = '' } = input;
      checkText('groupName', GroupName);
      checkText('groupDescription', Description);
      if (GroupName.startsWith('sg-')) {
        throw new AwsError(
          'InvalidParameterValue',
          `Invalid group-name '${GroupName}'. Group name cannot begin with 'sg-'`,
        );
      }
      const VpcId = vpcFor(model, input.VpcId);
      if (GroupName === 'default') {
        throw new AwsError(
          'InvalidParameterValue',
          'Cannot use reserved security group name: default',
        );
      }
      const twin = model
        .all('security group')
        .some(({ properties }) => properties.VpcId === VpcId && properties.GroupName === GroupName);
      if (twin) {
        throw new AwsError(
          'InvalidGroup.Duplicate',
          `The security group '${GroupName}' already exists for VPC '${VpcId}'`,
        );
      }
      const tags = tagsFor('security-group', input.TagSpecifications);
      const { id } = model.create('security group', {
        GroupName,
        GroupDescription: Description,
        VpcId,
        ...tags,
      });
      createRules(model, id, [], undefined);
      const SecurityGroupArn = arn(world.identity, 'ec2', `security-group/${id}`);
      return { GroupId: id, SecurityGroupArn, ...tags };
    }),
    DeleteSecurityGroup: operation<
      DeleteSecurityGroupCommandInput,
      DeleteSecurityGroupCommandOutput
    >(['GroupId', 'GroupName', 'DryRun'], (input) => {
      refuseDryRun(input);
      const id = input.GroupId || groupInDefaultVpc(model, input.GroupName);
      checkGroupIsUnused(model, id, holders);
      for (const rule of securityGroupRules(model)) {
        if (rule.groupId === id) model.remove(rule.id);
      }
      model.remove(id);
      return { Return: true, GroupId: id };
    }),
  };
}

/** Id of a group that a call names by its id, or by its name in the default VPC. */
export function groupInDefaultVpc(model: Ec2Model, name: string | undefined): string {
  if (!name) {
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter groupName or groupId',
    );
  }
  const VpcId = vpcFor(model, undefined);
  const found = model
    .all('security group')
    .find(({ properties }) => properties.VpcId === VpcId && properties.GroupName === name);
  if (found) return found.id;
  throw new AwsError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in default VPC '${VpcId}'`,
  );
}

function vpcFor(model: Ec2Model, vpcId: string | undefined): string {
  if (vpcId) return model.require('vpc', vpcId).id;
  const found = model.defaultVpc();
  if (found) return found.id;
  throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
}

function checkText(parameter: string, value: string): void {
  if (allowedText.test(value)) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${value}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported.`,
  );
}
