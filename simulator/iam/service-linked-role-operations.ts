import type {
  CreateServiceLinkedRoleCommandInput,
  CreateServiceLinkedRoleCommandOutput,
  DeleteServiceLinkedRoleCommandInput,
  DeleteServiceLinkedRoleCommandOutput,
  GetServiceLinkedRoleDeletionStatusCommandInput,
  GetServiceLinkedRoleDeletionStatusCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel } from './model.ts';
import type { PolicyTexts } from './policy-text.ts';
import { showRole } from './role-operations.ts';
import { createServiceLinkedRole, linkedPrefix } from './service-linked-roles.ts';

/** Operations on the roles that services make for themselves. */
export function serviceLinkedRoleOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const deletions = new Set<string>();
  return {
    // None of the simulated services takes a suffix.
    CreateServiceLinkedRole: operation<
      CreateServiceLinkedRoleCommandInput,
      CreateServiceLinkedRoleCommandOutput
    >(['AWSServiceName', 'Description'], ({ AWSServiceName = '', Description }) => ({
      Role: showRole(createServiceLinkedRole(model, AWSServiceName, Description), texts),
    })),
    DeleteServiceLinkedRole: operation<
      DeleteServiceLinkedRoleCommandInput,
      DeleteServiceLinkedRoleCommandOutput
    >(['RoleName'], ({ RoleName = '' }) => {
      const role = model.requireRole(RoleName);
      if (!role.path.startsWith(linkedPrefix)) {
        throw new AwsError('NoSuchEntity', `The role with name ${RoleName} cannot be found.`);
      }
      role.managedPolicyArns.clear();
      model.deleteRole(RoleName);
      const DeletionTaskId = `task${role.path}${RoleName}/${model.newDeletionId()}`;
      deletions.add(DeletionTaskId);
      return { DeletionTaskId };
    }),
    GetServiceLinkedRoleDeletionStatus: operation<
      GetServiceLinkedRoleDeletionStatusCommandInput,
      GetServiceLinkedRoleDeletionStatusCommandOutput
    >(['DeletionTaskId'], ({ DeletionTaskId = '' }) => {
      if (deletions.has(DeletionTaskId)) return { Status: 'SUCCEEDED' };
      throw new AwsError(
        'NoSuchEntity',
        `Deletion task with id ${DeletionTaskId} cannot be found.`,
      );
    }),
  };
}
