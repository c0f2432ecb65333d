import type { WireService } from '../wire/operation.ts';
import { accessKeyOperations } from './access-key-operations.ts';
import { accountOperations } from './account-operations.ts';
import { authorizationDetailsOperation } from './authorization-details-operation.ts';
import { groupOperations } from './group-operations.ts';
import { instanceProfileOperations } from './instance-profile-operations.ts';
import { instanceProfileTagOperations } from './instance-profile-tags.ts';
import { managedPolicyOperations } from './managed-policy-operations.ts';
import type { IamModel } from './model.ts';
import { oidcProviderOperations } from './oidc-provider-operations.ts';
import { policyEntityOperations } from './policy-entity-operations.ts';
import { PolicyTexts } from './policy-text.ts';
import { policyVersionOperations } from './policy-version-operations.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicyOperations } from './role-policy-operations.ts';
import { serviceLinkedRoleOperations } from './service-linked-role-operations.ts';
import { simulateOperations } from './simulate-operations.ts';
import { userCredentialOperations } from './user-credential-operations.ts';
import { userOperations } from './user-operations.ts';

/** The IAM API: roles, users, groups, their policies, and the policy simulator. */
export function iamWire(model: IamModel): WireService {
  const texts = new PolicyTexts(model);
  return {
    name: 'iam',
    operations: {
      ...roleOperations(model, texts),
      ...rolePolicyOperations(model, texts),
      ...managedPolicyOperations(model, texts),
      ...userOperations(model, texts),
      ...accessKeyOperations(model),
      ...userCredentialOperations(model),
      ...groupOperations(model, texts),
      ...instanceProfileOperations(model, texts),
      ...instanceProfileTagOperations(model),
      ...oidcProviderOperations(model),
      ...policyVersionOperations(model, texts),
      ...policyEntityOperations(model),
      ...accountOperations(model),
      ...authorizationDetailsOperation(model, texts),
      ...serviceLinkedRoleOperations(model, texts),
      ...simulateOperations(model, texts),
    },
  };
}
