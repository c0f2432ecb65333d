import type {
  CreateInstanceProfileCommandOutput,
  CreateOpenIDConnectProviderCommandOutput,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import { cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';

/** Who may take a role from outside: instances by their profile, pipelines by their identity provider. */
export function federationResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::IAM::InstanceProfile': resource(
      z.strictObject({
        InstanceProfileName: z.string().optional(),
        Path: z.string().optional(),
        /** A list of one. */
        Roles: z.array(z.string()).length(1),
      }),
      async ({ Path = '/', Roles, ...given }, context) => {
        const InstanceProfileName = given.InstanceProfileName ?? context.generatedName(128);
        const { InstanceProfile } = await api<object, CreateInstanceProfileCommandOutput>(
          'CreateInstanceProfile',
          { InstanceProfileName, Path },
          context,
        );
        const [RoleName] = Roles;
        await api('AddRoleToInstanceProfile', { InstanceProfileName, RoleName }, context);
        return { physicalId: InstanceProfileName, attributes: { Arn: InstanceProfile?.Arn } };
      },
      {
        replacedBy: ['InstanceProfileName', 'Path'],
        nameProperty: 'InstanceProfileName',
        async update({ physicalId: InstanceProfileName, properties, next }, context) {
          const before = { InstanceProfileName, RoleName: properties.Roles[0] };
          await api('RemoveRoleFromInstanceProfile', before, context);
          const after = { InstanceProfileName, RoleName: next.Roles[0] };
          await api('AddRoleToInstanceProfile', after, context);
          return undefined;
        },
        async delete({ physicalId: InstanceProfileName, properties }, context) {
          const role = { InstanceProfileName, RoleName: properties.Roles[0] };
          await api('RemoveRoleFromInstanceProfile', role, context);
          await api('DeleteInstanceProfile', { InstanceProfileName }, context);
        },
      },
    ),
    'AWS::IAM::OIDCProvider': resource(
      z.strictObject({
        Url: z.string(),
        ClientIdList: z.array(z.string()).default([]),
        ThumbprintList: z.array(z.string()).default([]),
        Tags: cfnTags,
      }),
      async ({ Url, ClientIdList: ClientIDList, ThumbprintList, Tags }, context) => {
        const { OpenIDConnectProviderArn: arn = '' } = await api<
          object,
          CreateOpenIDConnectProviderCommandOutput
        >('CreateOpenIDConnectProvider', { Url, ClientIDList, ThumbprintList, Tags }, context);
        return { physicalId: arn, attributes: { Arn: arn } };
      },
      {
        replacedBy: ['Url'],
        nameProperty: 'Url',
        async update({ physicalId: OpenIDConnectProviderArn, properties, next }, context) {
          const provider = { OpenIDConnectProviderArn };
          for (const ClientID of properties.ClientIdList) {
            if (next.ClientIdList.includes(ClientID)) continue;
            const gone = { ...provider, ClientID };
            await api('RemoveClientIDFromOpenIDConnectProvider', gone, context);
          }
          for (const ClientID of next.ClientIdList) {
            await api('AddClientIDToOpenIDConnectProvider', { ...provider, ClientID }, context);
          }
          const { ThumbprintList } = next;
          const renewed = { ...provider, ThumbprintList };
          await api('UpdateOpenIDConnectProviderThumbprint', renewed, context);
          await changeTags(properties.Tags, next.Tags, {
            set: (Tags) => api('TagOpenIDConnectProvider', { ...provider, Tags }, context),
            remove: (TagKeys) =>
              api('UntagOpenIDConnectProvider', { ...provider, TagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId: OpenIDConnectProviderArn }, context) {
          await api('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn }, context);
        },
      },
    ),
  };
}
