import type { WireService } from '../wire/operation.ts';
import { managedPolicyOperations } from './managed-policy-operations.ts';
import type { IamModel } from './model.ts';
import { PolicyTexts } from './policy-text.ts';
import { roleOperations } from './role-operations.ts';
import { rolePolicyOperations } from './role-policy-operations.ts';
import { simulateOperations } from './simulate-operations.ts';

/** Roles, their policies, and the policy simulator of the IAM API. */
export function iamWire(model: IamModel): WireService {
  const texts = new PolicyTexts();
  return {
    name: 'iam',
    operations: {
      ...roleOperations(model, texts),
      ...rolePolicyOperations(model, texts),
      ...managedPolicyOperations(model, texts),
      ...simulateOperations(model, texts),
    },
  };
}
