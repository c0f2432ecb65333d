import type {
  CreateAccountAliasCommandInput,
  CreateAccountAliasCommandOutput,
  DeleteAccountAliasCommandInput,
  DeleteAccountAliasCommandOutput,
  GetAccountSummaryCommandInput,
  GetAccountSummaryCommandOutput,
  ListAccountAliasesCommandInput,
  ListAccountAliasesCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { awsManagedPrefix } from './aws-managed-policies.ts';
import { attachedLimit } from './holder-policy-operations.ts';
import type { IamModel } from './model.ts';

/** Quotas as an account has them from its beginning (IAM user guide, "IAM and AWS STS quotas"). */
const quotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2_048,
  AttachedPoliciesPerGroupQuota: attachedLimit,
  AttachedPoliciesPerRoleQuota: attachedLimit,
  AttachedPoliciesPerUserQuota: attachedLimit,
  GroupPolicySizeQuota: 5_120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1_000,
  PoliciesQuota: 1_500,
  PolicySizeQuota: 6_144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1_000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2_048,
  UsersQuota: 5_000,
  VersionsPerPolicyQuota: 5,
};

/** Operations on the account itself. */
export function accountOperations(model: IamModel): Record<string, WireOperation> {
  return {
    GetAccountSummary: operation<GetAccountSummaryCommandInput, GetAccountSummaryCommandOutput>(
      [],
      () => ({ SummaryMap: summaryOf(model) }),
    ),
    CreateAccountAlias: operation<CreateAccountAliasCommandInput, CreateAccountAliasCommandOutput>(
      ['AccountAlias'],
      ({ AccountAlias = '' }) => {
        // An account has one alias at most: another one takes its place.
        model.accountAlias = checkAlias(AccountAlias);
        return {};
      },
    ),
    DeleteAccountAlias: operation<DeleteAccountAliasCommandInput, DeleteAccountAliasCommandOutput>(
      ['AccountAlias'],
      ({ AccountAlias = '' }) => {
        if (model.accountAlias !== AccountAlias) {
          throw new AwsError(
            'NoSuchEntity',
            `The account alias with name ${AccountAlias} cannot be found.`,
          );
        }
        model.accountAlias = undefined;
        return {};
      },
    ),
    ListAccountAliases: operation<ListAccountAliasesCommandInput, ListAccountAliasesCommandOutput>(
      ['Marker', 'MaxItems'],
      () => ({
        AccountAliases: model.accountAlias === undefined ? [] : [model.accountAlias],
        IsTruncated: false,
      }),
    ),
  };
}

function checkAlias(alias: string): string {
  const fits = /^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$/.test(alias);
  if (fits && alias.length >= 3 && alias.length <= 63) return alias;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${alias}' at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$`,
  );
}

function summaryOf(model: IamModel): Record<string, number> {
  const own = model.managedPolicies().filter(({ arn }) => !arn.startsWith(awsManagedPrefix));
  return {
    ...quotas,
    AccountAccessKeysPresent: 0,
    AccountMFAEnabled: 1,
    AccountPasswordPresent: 1,
    AccountSigningCertificatesPresent: 0,
    GlobalEndpointTokenVersion: 1,
    Groups: model.groups.all().length,
    InstanceProfiles: model.instanceProfiles.all().length,
    MFADevices: 0,
    MFADevicesInUse: 0,
    Policies: own.length,
    PolicyVersionsInUse: own.reduce((sum, { versions }) => sum + versions.ids().length, 0),
    Providers: model.oidcProviders.all().length,
    Roles: model.roles().length,
    ServerCertificates: 0,
    Users: model.users.all().length,
  };
}
