import type {
  CreatePolicyVersionCommandInput,
  CreatePolicyVersionCommandOutput,
  DeletePolicyVersionCommandInput,
  DeletePolicyVersionCommandOutput,
  GetPolicyVersionCommandInput,
  GetPolicyVersionCommandOutput,
  ListPolicyVersionsCommandInput,
  ListPolicyVersionsCommandOutput,
  SetDefaultPolicyVersionCommandInput,
  SetDefaultPolicyVersionCommandOutput,
} from '@aws-sdk/client-iam';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { ManagedPolicy } from './policy-directory.ts';
import type { PolicyTexts } from './policy-text.ts';

/** Operations on versions of managed policies. */
export function policyVersionOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  return {
    CreatePolicyVersion: operation<
      CreatePolicyVersionCommandInput,
      CreatePolicyVersionCommandOutput
    >(['PolicyArn', 'PolicyDocument', 'SetAsDefault'], (input) => {
      const policy = model.requireManagedPolicy(input.PolicyArn ?? '');
      const document = texts.read(input.PolicyDocument ?? '', 'identity');
      const id = policy.versions.add(policy, document, input.SetAsDefault === true, model.nowMs());
      if (input.SetAsDefault) policy.updatedAtMs = model.nowMs();
      return { PolicyVersion: facts(policy, id) };
    }),
    GetPolicyVersion: operation<GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput>(
      ['PolicyArn', 'VersionId'],
      ({ PolicyArn = '', VersionId = '' }) => {
        const policy = model.requireManagedPolicy(PolicyArn);
        const { document } = policy.versions.read(policy, VersionId);
        return {
          PolicyVersion: { ...facts(policy, VersionId), Document: texts.encoded(document) },
        };
      },
    ),
    ListPolicyVersions: operation<ListPolicyVersionsCommandInput, ListPolicyVersionsCommandOutput>(
      ['PolicyArn', 'Marker', 'MaxItems'],
      ({ PolicyArn = '', ...paging }) => {
        const policy = model.requireManagedPolicy(PolicyArn);
        const { items, more } = iamPage(policy.versions.ids(), paging);
        return { Versions: items.map((id) => facts(policy, id)), ...more };
      },
    ),
    SetDefaultPolicyVersion: operation<
      SetDefaultPolicyVersionCommandInput,
      SetDefaultPolicyVersionCommandOutput
    >(['PolicyArn', 'VersionId'], ({ PolicyArn = '', VersionId = '' }) => {
      const policy = model.requireManagedPolicy(PolicyArn);
      policy.versions.setDefault(policy, VersionId);
      policy.updatedAtMs = model.nowMs();
      return {};
    }),
    DeletePolicyVersion: operation<
      DeletePolicyVersionCommandInput,
      DeletePolicyVersionCommandOutput
    >(['PolicyArn', 'VersionId'], ({ PolicyArn = '', VersionId = '' }) => {
      const policy = model.requireManagedPolicy(PolicyArn);
      policy.versions.delete(policy, VersionId);
      return {};
    }),
  };
}

function facts(policy: ManagedPolicy, id: string) {
  const { createdAtMs } = policy.versions.read(policy, id);
  return {
    VersionId: id,
    IsDefaultVersion: id === policy.versions.defaultId,
    CreateDate: new Date(createdAtMs),
  };
}
