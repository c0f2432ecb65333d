import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  DeletePolicyCommandInput,
  DeletePolicyCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  GetPolicyVersionCommandInput,
  GetPolicyVersionCommandOutput,
  ListPolicyVersionsCommandInput,
  ListPolicyVersionsCommandOutput,
  Policy,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel, ManagedPolicy } from './model.ts';
import type { PolicyTexts } from './policy-text.ts';

/** Every policy has one version here, its default: new versions are not modelled. */
const onlyVersion = 'v1';

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
    DefaultVersionId: onlyVersion,
    AttachmentCount: model.attachmentCount(policy.arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(policy.description !== undefined && { Description: policy.description }),
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.createdAtMs),
  });
  return {
    CreatePolicy: operation<CreatePolicyCommandInput, CreatePolicyCommandOutput>(
      ['PolicyName', 'Path', 'PolicyDocument', 'Description'],
      ({ PolicyName = '', Path = '/', PolicyDocument = '', Description }) => {
        if (!/^[\w+=,.@-]{1,128}$/.test(PolicyName)) {
          throw new AwsError(
            'ValidationError',
            'The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
          );
        }
        const document = texts.read(PolicyDocument, 'identity');
        return { Policy: show(model.createManagedPolicy(PolicyName, Path, document, Description)) };
      },
    ),
    GetPolicy: operation<GetPolicyCommandInput, GetPolicyCommandOutput>(
      ['PolicyArn'],
      ({ PolicyArn = '' }) => ({ Policy: show(model.requireManagedPolicy(PolicyArn)) }),
    ),
    GetPolicyVersion: operation<GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput>(
      ['PolicyArn', 'VersionId'],
      ({ PolicyArn = '', VersionId }) => {
        const policy = model.requireManagedPolicy(PolicyArn);
        if (VersionId !== onlyVersion) {
          throw new AwsError(
            'NoSuchEntity',
            `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`,
          );
        }
        return {
          PolicyVersion: {
            ...versionFacts(policy),
            Document: texts.encoded(policy.document),
          },
        };
      },
    ),
    ListPolicyVersions: operation<ListPolicyVersionsCommandInput, ListPolicyVersionsCommandOutput>(
      ['PolicyArn', 'Marker', 'MaxItems'],
      ({ PolicyArn = '' }) => ({
        Versions: [versionFacts(model.requireManagedPolicy(PolicyArn))],
        IsTruncated: false,
      }),
    ),
    DeletePolicy: operation<DeletePolicyCommandInput, DeletePolicyCommandOutput>(
      ['PolicyArn'],
      ({ PolicyArn = '' }) => {
        model.deleteManagedPolicy(PolicyArn);
        return {};
      },
    ),
  };
}

function versionFacts({ createdAtMs }: ManagedPolicy) {
  return {
    VersionId: onlyVersion,
    IsDefaultVersion: true,
    CreateDate: new Date(createdAtMs),
  };
}
