import type {
  AddRoleToInstanceProfileCommandInput,
  AddRoleToInstanceProfileCommandOutput,
  CreateInstanceProfileCommandInput,
  CreateInstanceProfileCommandOutput,
  DeleteInstanceProfileCommandInput,
  DeleteInstanceProfileCommandOutput,
  GetInstanceProfileCommandInput,
  GetInstanceProfileCommandOutput,
  ListInstanceProfilesCommandInput,
  ListInstanceProfilesCommandOutput,
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
  RemoveRoleFromInstanceProfileCommandInput,
  RemoveRoleFromInstanceProfileCommandOutput,
  InstanceProfile as WireInstanceProfile,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { InstanceProfile } from './entities.ts';
import type { IamModel } from './model.ts';
import { checkEntityName, checkEntityPath, tagMapOf, wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';
import { showRole } from './role-operations.ts';

/** Operations on instance profiles, each with at most one role. */
export function instanceProfileOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const { instanceProfiles } = model;
  const show = (profile: InstanceProfile): WireInstanceProfile => {
    const role = profile.roleName === undefined ? undefined : model.role(profile.roleName);
    return {
      Path: profile.path,
      InstanceProfileName: profile.name,
      InstanceProfileId: profile.id,
      Arn: profile.arn,
      CreateDate: new Date(profile.createdAtMs),
      Roles: role ? [showRole(role, texts)] : [],
      ...(profile.tags.size > 0 && { Tags: wireTags(profile.tags) }),
    };
  };
  return {
    CreateInstanceProfile: operation<
      CreateInstanceProfileCommandInput,
      CreateInstanceProfileCommandOutput
    >(['InstanceProfileName', 'Path', 'Tags'], (input) => {
      const { InstanceProfileName = '', Path = '/' } = input;
      checkEntityName(InstanceProfileName, 'instanceProfileName', 128);
      checkEntityPath(Path);
      const profile = model.createInstanceProfile(InstanceProfileName, Path, tagMapOf(input.Tags));
      return { InstanceProfile: show(profile) };
    }),
    GetInstanceProfile: operation<GetInstanceProfileCommandInput, GetInstanceProfileCommandOutput>(
      ['InstanceProfileName'],
      ({ InstanceProfileName = '' }) => ({
        InstanceProfile: show(instanceProfiles.require(InstanceProfileName)),
      }),
    ),
    ListInstanceProfiles: operation<
      ListInstanceProfilesCommandInput,
      ListInstanceProfilesCommandOutput
    >(['PathPrefix', 'Marker', 'MaxItems'], (input) => {
      const all = instanceProfiles
        .all()
        .filter(({ path }) => path.startsWith(input.PathPrefix || '/'));
      const { items, more } = iamPage(all, input);
      return { InstanceProfiles: items.map(show), ...more };
    }),
    // Terraform asks before it deletes a role.
    ListInstanceProfilesForRole: operation<
      ListInstanceProfilesForRoleCommandInput,
      ListInstanceProfilesForRoleCommandOutput
    >(['RoleName', 'Marker', 'MaxItems'], ({ RoleName = '', ...paging }) => {
      const { roleName } = model.requireRole(RoleName);
      const all = instanceProfiles.all().filter((profile) => profile.roleName === roleName);
      const { items, more } = iamPage(all, paging);
      return { InstanceProfiles: items.map(show), ...more };
    }),
    AddRoleToInstanceProfile: operation<
      AddRoleToInstanceProfileCommandInput,
      AddRoleToInstanceProfileCommandOutput
    >(['InstanceProfileName', 'RoleName'], ({ InstanceProfileName = '', RoleName = '' }) => {
      const profile = instanceProfiles.require(InstanceProfileName);
      if (profile.roleName !== undefined) {
        throw new AwsError(
          'LimitExceeded',
          'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
        );
      }
      profile.roleName = model.requireRole(RoleName).roleName;
      return {};
    }),
    RemoveRoleFromInstanceProfile: operation<
      RemoveRoleFromInstanceProfileCommandInput,
      RemoveRoleFromInstanceProfileCommandOutput
    >(['InstanceProfileName', 'RoleName'], ({ InstanceProfileName = '', RoleName = '' }) => {
      const profile = instanceProfiles.require(InstanceProfileName);
      if (profile.roleName !== RoleName) {
        throw new AwsError('NoSuchEntity', `The role with name ${RoleName} cannot be found.`);
      }
      profile.roleName = undefined;
      return {};
    }),
    DeleteInstanceProfile: operation<
      DeleteInstanceProfileCommandInput,
      DeleteInstanceProfileCommandOutput
    >(['InstanceProfileName'], ({ InstanceProfileName = '' }) => {
      const profile = instanceProfiles.require(InstanceProfileName);
      if (profile.roleName !== undefined) {
        throw new AwsError(
          'DeleteConflict',
          'Cannot delete entity, must remove roles from instance profile first.',
        );
      }
      instanceProfiles.delete(InstanceProfileName);
      return {};
    }),
  };
}
