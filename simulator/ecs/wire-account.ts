import type {
  Attribute,
  DeleteAccountSettingCommandInput,
  DeleteAccountSettingCommandOutput,
  DeleteAttributesCommandInput,
  DeleteAttributesCommandOutput,
  ListAccountSettingsCommandInput,
  ListAccountSettingsCommandOutput,
  ListAttributesCommandInput,
  ListAttributesCommandOutput,
  PutAccountSettingCommandInput,
  PutAccountSettingCommandOutput,
  PutAccountSettingDefaultCommandInput,
  PutAccountSettingDefaultCommandOutput,
  PutAttributesCommandInput,
  PutAttributesCommandOutput,
  SettingName,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { AccountSettings } from './account-settings.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';

/** Settings of the account, and attributes of container instances. */
export function accountOperations(model: EcsModel): WireService['operations'] {
  const settings = new AccountSettings(arn({ ...model.identity, region: '' }, 'iam', 'root'));
  const instanceOf = (cluster: string | undefined, { targetId = '' }: Attribute) => {
    const found = model.placements.instances.find(model.clusters.get(cluster), targetId);
    if (found) return found;
    throw new AwsError(
      'TargetNotFoundException',
      `The specified target was not found: ${targetId}`,
    );
  };
  return {
    PutAccountSetting: operation<PutAccountSettingCommandInput, PutAccountSettingCommandOutput>(
      ['name', 'principalArn', 'value'],
      ({ name, value = '', principalArn }) => ({
        setting: settings.put(name as SettingName, value, principalArn),
      }),
    ),
    PutAccountSettingDefault: operation<
      PutAccountSettingDefaultCommandInput,
      PutAccountSettingDefaultCommandOutput
    >(['name', 'value'], ({ name, value = '' }) => ({
      setting: settings.put(name as SettingName, value),
    })),
    DeleteAccountSetting: operation<
      DeleteAccountSettingCommandInput,
      DeleteAccountSettingCommandOutput
    >(['name', 'principalArn'], ({ name, principalArn }) => ({
      setting: settings.delete(name as SettingName, principalArn),
    })),
    ListAccountSettings: operation<
      ListAccountSettingsCommandInput,
      ListAccountSettingsCommandOutput
    >(
      ['effectiveSettings', 'maxResults', 'name', 'nextToken', 'principalArn', 'value'],
      (input) => {
        const found = settings
          .list(input.effectiveSettings ?? false, input.principalArn)
          .filter(({ name }) => input.name === undefined || name === input.name)
          .filter(({ value }) => input.value === undefined || value === input.value);
        const { items, ...next } = page(found, input, { standard: 10, greatest: 10 });
        return { settings: items, ...next };
      },
    ),
    PutAttributes: operation<PutAttributesCommandInput, PutAttributesCommandOutput>(
      ['attributes', 'cluster'],
      ({ attributes = [], cluster }) => {
        const targets = attributes.map((attribute) => instanceOf(cluster, attribute));
        for (const [index, { name = '', value = '' }] of attributes.entries()) {
          targets[index]?.attributes.set(name, value);
        }
        model.placements.instances.capacityFreed();
        return { attributes };
      },
    ),
    DeleteAttributes: operation<DeleteAttributesCommandInput, DeleteAttributesCommandOutput>(
      ['attributes', 'cluster'],
      ({ attributes = [], cluster }) => {
        for (const attribute of attributes) {
          instanceOf(cluster, attribute).attributes.delete(attribute.name ?? '');
        }
        return { attributes };
      },
    ),
    ListAttributes: operation<ListAttributesCommandInput, ListAttributesCommandOutput>(
      ['attributeName', 'attributeValue', 'cluster', 'maxResults', 'nextToken', 'targetType'],
      (input) => {
        const found = model.placements.instances
          .ofCluster(model.clusters.get(input.cluster))
          .flatMap(({ arn: targetId, attributes }) =>
            [...attributes].map(([name, value]) => ({ name, value, targetId })),
          )
          .filter(({ name }) => input.attributeName === undefined || name === input.attributeName)
          .filter(
            ({ value }) => input.attributeValue === undefined || value === input.attributeValue,
          );
        const { items, ...next } = page(found, input, { standard: 100, greatest: 100 });
        return { attributes: items, ...next };
      },
    ),
  };
}
