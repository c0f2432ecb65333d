import type {
  CreateRoleCommandInput,
  CreateRoleCommandOutput,
  DeleteRoleCommandInput,
  DeleteRoleCommandOutput,
  DeleteRolePermissionsBoundaryCommandInput,
  DeleteRolePermissionsBoundaryCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  ListRolesCommandInput,
  ListRolesCommandOutput,
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
  PutRolePermissionsBoundaryCommandInput,
  PutRolePermissionsBoundaryCommandOutput,
  TagRoleCommandInput,
  TagRoleCommandOutput,
  UntagRoleCommandInput,
  UntagRoleCommandOutput,
  UpdateAssumeRolePolicyCommandInput,
  UpdateAssumeRolePolicyCommandOutput,
  UpdateRoleCommandInput,
  UpdateRoleCommandOutput,
  UpdateRoleDescriptionCommandInput,
  UpdateRoleDescriptionCommandOutput,
  Role as WireRole,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';
import type { PolicyDocument } from './policy-document.ts';
import { malformed } from './policy-rules.ts';
import type { PolicyTexts } from './policy-text.ts';
import type { Role } from './role-directory.ts';
import { refuseLinked } from './service-linked-roles.ts';

/** Operations on roles themselves. */
export function roleOperations(model: IamModel, texts: PolicyTexts): Record<string, WireOperation> {
  return {
    CreateRole: operation<CreateRoleCommandInput, CreateRoleCommandOutput>(
      [
        'RoleName',
        'AssumeRolePolicyDocument',
        'Path',
        'Description',
        'MaxSessionDuration',
        'PermissionsBoundary',
        'Tags',
      ],
      (input) => {
        const { RoleName = '', Path = '/', MaxSessionDuration } = input;
        checkName(RoleName);
        checkPath(Path);
        checkDuration(MaxSessionDuration);
        const role = model.createRole({
          roleName: RoleName,
          path: Path,
          description: input.Description,
          trust: readTrust(model, texts, input.AssumeRolePolicyDocument),
          maxSessionSeconds: MaxSessionDuration,
          boundaryArn:
            input.PermissionsBoundary && model.requireManagedPolicy(input.PermissionsBoundary).arn,
          tags: new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
          spreads: true,
        });
        return { Role: showRole(role, texts) };
      },
    ),
    GetRole: operation<GetRoleCommandInput, GetRoleCommandOutput>(
      ['RoleName'],
      ({ RoleName = '' }) => ({
        Role: { ...showRole(byName(model, RoleName), texts), RoleLastUsed: {} },
      }),
    ),
    ListRoles: operation<ListRolesCommandInput, ListRolesCommandOutput>(
      ['PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const all = model.roles().filter(({ path }) => path.startsWith(input.PathPrefix || '/'));
        const { items, more } = iamPage(all, input);
        // Lists leave the tags out.
        return {
          Roles: items.map((role) => ({ ...showRole(role, texts), Tags: undefined })),
          ...more,
        };
      },
    ),
    UpdateRole: operation<UpdateRoleCommandInput, UpdateRoleCommandOutput>(
      ['RoleName', 'Description', 'MaxSessionDuration'],
      ({ RoleName = '', Description, MaxSessionDuration }) => {
        const role = byName(model, RoleName);
        checkDuration(MaxSessionDuration);
        // What is not given stays (Terraform sets a duration alone), but the duration goes back to its default.
        role.description = Description ?? role.description;
        role.maxSessionSeconds = MaxSessionDuration ?? 3_600;
        return {};
      },
    ),
    // Deprecated in favour of UpdateRole, but what Terraform calls.
    UpdateRoleDescription: operation<
      UpdateRoleDescriptionCommandInput,
      UpdateRoleDescriptionCommandOutput
    >(['RoleName', 'Description'], ({ RoleName = '', Description }) => {
      const role = byName(model, RoleName);
      role.description = Description;
      return { Role: showRole(role, texts) };
    }),
    UpdateAssumeRolePolicy: operation<
      UpdateAssumeRolePolicyCommandInput,
      UpdateAssumeRolePolicyCommandOutput
    >(['RoleName', 'PolicyDocument'], ({ RoleName = '', PolicyDocument = '' }) => {
      changeable(model, RoleName).trust = readTrust(model, texts, PolicyDocument);
      return {};
    }),
    DeleteRole: operation<DeleteRoleCommandInput, DeleteRoleCommandOutput>(
      ['RoleName'],
      ({ RoleName = '' }) => {
        model.deleteRole(changeable(model, RoleName).roleName);
        return {};
      },
    ),
    PutRolePermissionsBoundary: operation<
      PutRolePermissionsBoundaryCommandInput,
      PutRolePermissionsBoundaryCommandOutput
    >(['RoleName', 'PermissionsBoundary'], ({ RoleName = '', PermissionsBoundary = '' }) => {
      changeable(model, RoleName).boundaryArn = model.requireManagedPolicy(PermissionsBoundary).arn;
      return {};
    }),
    DeleteRolePermissionsBoundary: operation<
      DeleteRolePermissionsBoundaryCommandInput,
      DeleteRolePermissionsBoundaryCommandOutput
    >(['RoleName'], ({ RoleName = '' }) => {
      changeable(model, RoleName).boundaryArn = undefined;
      return {};
    }),
    TagRole: operation<TagRoleCommandInput, TagRoleCommandOutput>(
      ['RoleName', 'Tags'],
      ({ RoleName = '', Tags = [] }) => {
        const { tags } = byName(model, RoleName);
        for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
        return {};
      },
    ),
    UntagRole: operation<UntagRoleCommandInput, UntagRoleCommandOutput>(
      ['RoleName', 'TagKeys'],
      ({ RoleName = '', TagKeys = [] }) => {
        const { tags } = byName(model, RoleName);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
    ListRoleTags: operation<ListRoleTagsCommandInput, ListRoleTagsCommandOutput>(
      ['RoleName', 'Marker', 'MaxItems'],
      ({ RoleName = '', ...paging }) => {
        const { items, more } = iamPage([...byName(model, RoleName).tags], paging);
        return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...more };
      },
    ),
  };
}

/** Users and roles of this account that a trust policy names must be there (databrickslabs/ucx #2269). */
function readTrust(model: IamModel, texts: PolicyTexts, text = ''): PolicyDocument {
  const document = texts.read(text, 'trust');
  for (const { Principal } of document.Statement) {
    const named = typeof Principal === 'object' ? (Principal.AWS ?? []) : [];
    for (const arn of named) {
      const [, , , , account, entity = ''] = arn.split(':');
      const own = account === model.accountId && /^(user|role)\//.test(entity);
      if (own && !model.role(arn) && !model.user(arn)) {
        throw malformed(`Invalid principal in policy: "AWS":"${arn}"`);
      }
    }
  }
  return document;
}

/** Only by name: the API does not take ARNs. Throws ValidationError or NoSuchEntity. */
export function byName(model: IamModel, name: string): Role {
  checkName(name);
  return model.requireRole(name);
}

/** The same for a change, which service-linked roles do not take. */
export function changeable(model: IamModel, name: string): Role {
  const role = byName(model, name);
  refuseLinked(role);
  return role;
}

function checkName(name: string): void {
  if (/^[\w+=,.@-]{1,64}$/.test(name)) return;
  throw new AwsError(
    'ValidationError',
    'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  );
}

function checkPath(path: string): void {
  if (/^\/([\x21-\x7e]+\/)?$/.test(path)) return;
  throw new AwsError(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with /',
  );
}

function checkDuration(seconds: number | undefined): void {
  if (seconds === undefined || (seconds >= 3_600 && seconds <= 43_200)) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200`,
  );
}

export function showRole(role: Role, texts: PolicyTexts): WireRole {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: texts.encoded(role.trust),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.boundaryArn !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
        PermissionsBoundaryArn: role.boundaryArn,
      },
    }),
    ...(role.tags.size > 0 && { Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })) }),
  };
}
