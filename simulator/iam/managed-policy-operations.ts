import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  DeletePolicyCommandInput,
  DeletePolicyCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  Policy,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { awsManagedPrefix } from './aws-managed-policies.ts';
import type { IamModel } from './model.ts';
import { tagMapOf, wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { ManagedPolicy } from './policy-directory.ts';
import type { PolicyTexts } from './policy-text.ts';

/** Operations on managed policies. */
export function managedPolicyOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const show = (policy: ManagedPolicy): Policy => ({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versions.defaultId,
    AttachmentCount: model.attachmentCount(policy.arn),
    PermissionsBoundaryUsageCount: model.boundaryCount(policy.arn),
    IsAttachable: true,
    ...(policy.description !== undefined && { Description: policy.description }),
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
  });
  return {
    CreatePolicy: operation<CreatePolicyCommandInput, CreatePolicyCommandOutput>(
      ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags'],
      ({ PolicyName = '', Path = '/', PolicyDocument = '', Description, Tags }) => {
        if (!/^[\w+=,.@-]{1,128}$/.test(PolicyName)) {
          throw new AwsError(
            'ValidationError',
            'The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
          );
        }
        const document = texts.read(PolicyDocument, 'identity');
        const tags = tagMapOf(Tags);
        return {
          Policy: show(model.createManagedPolicy(PolicyName, Path, document, Description, tags)),
        };
      },
    ),
    GetPolicy: operation<GetPolicyCommandInput, GetPolicyCommandOutput>(
      ['PolicyArn'],
      ({ PolicyArn = '' }) => {
        const policy = model.requireManagedPolicy(PolicyArn);
        return { Policy: { ...show(policy), Tags: wireTags(policy.tags) } };
      },
    ),
    ListPolicies: operation<ListPoliciesCommandInput, ListPoliciesCommandOutput>(
      ['Scope', 'OnlyAttached', 'PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const { Scope = 'All', OnlyAttached = false, PathPrefix } = input;
        const all = model
          .managedPolicies()
          .filter(
            ({ arn, path }) =>
              (Scope === 'All' || (Scope === 'AWS') === arn.startsWith(awsManagedPrefix)) &&
              (!OnlyAttached || model.attachmentCount(arn) > 0) &&
              path.startsWith(PathPrefix || '/'),
          );
        const { items, more } = iamPage(all, input);
        return { Policies: items.map(show), ...more };
      },
    ),
    DeletePolicy: operation<DeletePolicyCommandInput, DeletePolicyCommandOutput>(
      ['PolicyArn'],
      ({ PolicyArn = '' }) => {
        if (model.requireManagedPolicy(PolicyArn).versions.ids().length > 1) {
          throw new AwsError(
            'DeleteConflict',
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          );
        }
        model.deleteManagedPolicy(PolicyArn);
        return {};
      },
    ),
  };
}
