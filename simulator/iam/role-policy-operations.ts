import type {
  AttachRolePolicyCommandInput,
  AttachRolePolicyCommandOutput,
  DeleteRolePolicyCommandInput,
  DeleteRolePolicyCommandOutput,
  DetachRolePolicyCommandInput,
  DetachRolePolicyCommandOutput,
  GetRolePolicyCommandInput,
  GetRolePolicyCommandOutput,
  ListAttachedRolePoliciesCommandInput,
  ListAttachedRolePoliciesCommandOutput,
  ListRolePoliciesCommandInput,
  ListRolePoliciesCommandOutput,
  PutRolePolicyCommandInput,
  PutRolePolicyCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { attachPolicy } from './holder-policy-operations.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';
import { byName, changeable } from './role-operations.ts';

/** Operations on the policies of roles: inline ones, and attachments of managed ones. */
export function rolePolicyOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  return {
    PutRolePolicy: operation<PutRolePolicyCommandInput, PutRolePolicyCommandOutput>(
      ['RoleName', 'PolicyName', 'PolicyDocument'],
      ({ RoleName = '', PolicyName = '', PolicyDocument = '' }) => {
        const document = texts.read(PolicyDocument, 'identity');
        changeable(model, RoleName).inlinePolicies.set(PolicyName, document);
        return {};
      },
    ),
    GetRolePolicy: operation<GetRolePolicyCommandInput, GetRolePolicyCommandOutput>(
      ['RoleName', 'PolicyName'],
      ({ RoleName = '', PolicyName = '' }) => {
        const document = byName(model, RoleName).inlinePolicies.get(PolicyName);
        if (!document) throw noSuchPolicy(PolicyName);
        return { RoleName, PolicyName, PolicyDocument: texts.encoded(document) };
      },
    ),
    DeleteRolePolicy: operation<DeleteRolePolicyCommandInput, DeleteRolePolicyCommandOutput>(
      ['RoleName', 'PolicyName'],
      ({ RoleName = '', PolicyName = '' }) => {
        const { inlinePolicies } = changeable(model, RoleName);
        if (!inlinePolicies.delete(PolicyName)) throw noSuchPolicy(PolicyName);
        return {};
      },
    ),
    ListRolePolicies: operation<ListRolePoliciesCommandInput, ListRolePoliciesCommandOutput>(
      ['RoleName', 'Marker', 'MaxItems'],
      ({ RoleName = '', ...paging }) => {
        const names = [...byName(model, RoleName).inlinePolicies.keys()].sort();
        const { items, more } = iamPage(names, paging);
        return { PolicyNames: items, ...more };
      },
    ),
    AttachRolePolicy: operation<AttachRolePolicyCommandInput, AttachRolePolicyCommandOutput>(
      ['RoleName', 'PolicyArn'],
      ({ RoleName = '', PolicyArn = '' }) => {
        attachPolicy(model, changeable(model, RoleName), PolicyArn, 'Role');
        return {};
      },
    ),
    DetachRolePolicy: operation<DetachRolePolicyCommandInput, DetachRolePolicyCommandOutput>(
      ['RoleName', 'PolicyArn'],
      ({ RoleName = '', PolicyArn = '' }) => {
        if (changeable(model, RoleName).managedPolicyArns.delete(PolicyArn)) return {};
        throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`);
      },
    ),
    ListAttachedRolePolicies: operation<
      ListAttachedRolePoliciesCommandInput,
      ListAttachedRolePoliciesCommandOutput
    >(
      ['RoleName', 'PathPrefix', 'Marker', 'MaxItems'],
      ({ RoleName = '', PathPrefix, ...paging }) => {
        const attached = [...byName(model, RoleName).managedPolicyArns]
          .map((PolicyArn) => ({ PolicyName: PolicyArn.replace(/^.*\//, ''), PolicyArn }))
          .filter(({ PolicyArn }) => pathOf(PolicyArn).startsWith(PathPrefix || '/'));
        const { items, more } = iamPage(attached, paging);
        return { AttachedPolicies: items, ...more };
      },
    ),
  };
}

/** `/service-role/` of a policy's ARN. */
function pathOf(policyArn: string): string {
  return policyArn.replace(/^[^/]*/, '').replace(/[^/]*$/, '');
}

function noSuchPolicy(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`);
}
