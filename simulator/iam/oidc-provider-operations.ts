import type {
  AddClientIDToOpenIDConnectProviderCommandInput,
  AddClientIDToOpenIDConnectProviderCommandOutput,
  CreateOpenIDConnectProviderCommandInput,
  CreateOpenIDConnectProviderCommandOutput,
  DeleteOpenIDConnectProviderCommandInput,
  DeleteOpenIDConnectProviderCommandOutput,
  GetOpenIDConnectProviderCommandInput,
  GetOpenIDConnectProviderCommandOutput,
  ListOpenIDConnectProvidersCommandInput,
  ListOpenIDConnectProvidersCommandOutput,
  RemoveClientIDFromOpenIDConnectProviderCommandInput,
  RemoveClientIDFromOpenIDConnectProviderCommandOutput,
  TagOpenIDConnectProviderCommandInput,
  TagOpenIDConnectProviderCommandOutput,
  UntagOpenIDConnectProviderCommandInput,
  UntagOpenIDConnectProviderCommandOutput,
  UpdateOpenIDConnectProviderThumbprintCommandInput,
  UpdateOpenIDConnectProviderThumbprintCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel } from './model.ts';
import { tagMapOf, wireTags } from './name-rules.ts';

/** Operations on OpenID Connect providers; thumbprints are kept and never compared. */
export function oidcProviderOperations(model: IamModel): Record<string, WireOperation> {
  const { oidcProviders } = model;
  const provider = (arn = '') => oidcProviders.require(arn);
  return {
    CreateOpenIDConnectProvider: operation<
      CreateOpenIDConnectProviderCommandInput,
      CreateOpenIDConnectProviderCommandOutput
    >(['Url', 'ClientIDList', 'ThumbprintList', 'Tags'], (input) => {
      const { Url = '', ClientIDList = [], ThumbprintList = [], Tags } = input;
      if (!/^https:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(Url)) {
        throw new AwsError('ValidationError', 'Invalid Open ID Connect Provider URL');
      }
      const created = model.createOidcProvider(Url, ClientIDList, ThumbprintList, tagMapOf(Tags));
      return {
        OpenIDConnectProviderArn: created.arn,
        ...(created.tags.size > 0 && { Tags: wireTags(created.tags) }),
      };
    }),
    GetOpenIDConnectProvider: operation<
      GetOpenIDConnectProviderCommandInput,
      GetOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn'], ({ OpenIDConnectProviderArn }) => {
      const { host, clientIds, thumbprints, tags, createdAtMs } =
        provider(OpenIDConnectProviderArn);
      return {
        Url: host,
        ClientIDList: [...clientIds],
        ThumbprintList: [...thumbprints],
        CreateDate: new Date(createdAtMs),
        Tags: wireTags(tags),
      };
    }),
    ListOpenIDConnectProviders: operation<
      ListOpenIDConnectProvidersCommandInput,
      ListOpenIDConnectProvidersCommandOutput
    >([], () => ({
      OpenIDConnectProviderList: oidcProviders.all().map(({ arn: Arn }) => ({ Arn })),
    })),
    DeleteOpenIDConnectProvider: operation<
      DeleteOpenIDConnectProviderCommandInput,
      DeleteOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn'], ({ OpenIDConnectProviderArn }) => {
      oidcProviders.delete(provider(OpenIDConnectProviderArn).arn);
      return {};
    }),
    AddClientIDToOpenIDConnectProvider: operation<
      AddClientIDToOpenIDConnectProviderCommandInput,
      AddClientIDToOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn', 'ClientID'], ({ OpenIDConnectProviderArn, ClientID = '' }) => {
      provider(OpenIDConnectProviderArn).clientIds.add(ClientID);
      return {};
    }),
    RemoveClientIDFromOpenIDConnectProvider: operation<
      RemoveClientIDFromOpenIDConnectProviderCommandInput,
      RemoveClientIDFromOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn', 'ClientID'], ({ OpenIDConnectProviderArn, ClientID = '' }) => {
      provider(OpenIDConnectProviderArn).clientIds.delete(ClientID);
      return {};
    }),
    UpdateOpenIDConnectProviderThumbprint: operation<
      UpdateOpenIDConnectProviderThumbprintCommandInput,
      UpdateOpenIDConnectProviderThumbprintCommandOutput
    >(['OpenIDConnectProviderArn', 'ThumbprintList'], (input) => {
      provider(input.OpenIDConnectProviderArn).thumbprints = input.ThumbprintList ?? [];
      return {};
    }),
    TagOpenIDConnectProvider: operation<
      TagOpenIDConnectProviderCommandInput,
      TagOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn', 'Tags'], ({ OpenIDConnectProviderArn, Tags }) => {
      const { tags } = provider(OpenIDConnectProviderArn);
      for (const [key, value] of tagMapOf(Tags)) tags.set(key, value);
      return {};
    }),
    UntagOpenIDConnectProvider: operation<
      UntagOpenIDConnectProviderCommandInput,
      UntagOpenIDConnectProviderCommandOutput
    >(['OpenIDConnectProviderArn', 'TagKeys'], ({ OpenIDConnectProviderArn, TagKeys = [] }) => {
      const { tags } = provider(OpenIDConnectProviderArn);
      for (const key of TagKeys) tags.delete(key);
      return {};
    }),
  };
}
