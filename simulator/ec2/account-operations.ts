import type {
  DescribeAccountAttributesCommandInput,
  DescribeAccountAttributesCommandOutput,
  DescribeAvailabilityZonesCommandInput,
  DescribeAvailabilityZonesCommandOutput,
  DescribeManagedPrefixListsCommandInput,
  DescribeManagedPrefixListsCommandOutput,
  DescribePrefixListsCommandInput,
  DescribePrefixListsCommandOutput,
  DescribeRegionsCommandInput,
  DescribeRegionsCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model } from './model.ts';
import { type PrefixList, prefixLists } from './prefix-lists.ts';
import { type Zone, zonesOf } from './zones.ts';

const untagged = () => new Map<string, string>();

/** What an account sees of its Region: zones, attributes, AWS's prefix lists. */
export function accountOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const { region } = world.identity;
  const zoneTexts: FilterTexts<Zone> = {
    'zone-name': ({ name }) => [name],
    'zone-id': ({ id }) => [id],
    'region-name': () => [region],
    state: () => ['available'],
    'zone-type': () => ['availability-zone'],
    'opt-in-status': () => ['opt-in-not-required'],
    'group-name': () => [region],
  };
  const listTexts: FilterTexts<PrefixList> = {
    'prefix-list-id': ({ id }) => [id],
    'prefix-list-name': ({ name }) => [name],
    'owner-id': () => ['AWS'],
  };
  const attributes: Readonly<Record<string, () => string[]>> = {
    'supported-platforms': () => ['VPC'],
    'vpc-max-security-groups-per-interface': () => ['5'],
    'max-elastic-ips': () => ['5'],
    'max-instances': () => ['20'],
    'vpc-max-elastic-ips': () => ['5'],
    'default-vpc': () => [model.defaultVpc()?.id ?? 'none'],
  };
  return {
    DescribeAvailabilityZones: operation<
      DescribeAvailabilityZonesCommandInput,
      DescribeAvailabilityZonesCommandOutput
    >(['Filters', 'ZoneNames', 'ZoneIds', 'AllAvailabilityZones', 'DryRun'], (input) => {
      refuseDryRun(input);
      const zones = zonesOf(region);
      const asked = [...(input.ZoneNames ?? []), ...(input.ZoneIds ?? [])];
      const missing = asked.find(
        (one) => !zones.some(({ name, id }) => name === one || id === one),
      );
      if (missing !== undefined) {
        throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${missing}]`);
      }
      return {
        AvailabilityZones: zones
          .filter(
            ({ name, id }) => asked.length === 0 || asked.includes(name) || asked.includes(id),
          )
          .filter(ec2Filter(input.Filters, zoneTexts, untagged))
          .map(({ name, id }) => ({
            State: 'available',
            OptInStatus: 'opt-in-not-required',
            Messages: [],
            RegionName: region,
            ZoneName: name,
            ZoneId: id,
            GroupName: region,
            NetworkBorderGroup: region,
            ZoneType: 'availability-zone',
          })),
      };
    }),
    DescribeRegions: operation<DescribeRegionsCommandInput, DescribeRegionsCommandOutput>(
      ['RegionNames', 'AllRegions', 'Filters', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const other = input.RegionNames?.find((name) => name !== region);
        if (other !== undefined) {
          throw new AwsError('InvalidParameterValue', `Invalid region provided: ${other}`);
        }
        const texts: FilterTexts<string> = {
          'region-name': (name) => [name],
          'opt-in-status': () => ['opt-in-not-required'],
          endpoint: (name) => [`ec2.${name}.amazonaws.com`],
        };
        return {
          Regions: [region].filter(ec2Filter(input.Filters, texts, untagged)).map((RegionName) => ({
            RegionName,
            Endpoint: `ec2.${RegionName}.amazonaws.com`,
            OptInStatus: 'opt-in-not-required',
          })),
        };
      },
    ),
    DescribeAccountAttributes: operation<
      DescribeAccountAttributesCommandInput,
      DescribeAccountAttributesCommandOutput
    >(['AttributeNames', 'DryRun'], (input) => {
      refuseDryRun(input);
      const names: readonly string[] = input.AttributeNames ?? [];
      return {
        AccountAttributes: Object.entries(attributes)
          .filter(([name]) => names.length === 0 || names.includes(name))
          .map(([AttributeName, values]) => ({
            AttributeName,
            AttributeValues: values().map((AttributeValue) => ({ AttributeValue })),
          })),
      };
    }),
    DescribePrefixLists: operation<
      DescribePrefixListsCommandInput,
      DescribePrefixListsCommandOutput
    >(['Filters', 'PrefixListIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wantedLists(world, input.PrefixListIds).filter(
        ec2Filter(input.Filters, listTexts, untagged),
      );
      const { items, more } = ec2Page(found, input, input.PrefixListIds);
      return {
        PrefixLists: items.map(({ id, name, blocks }) => ({
          PrefixListId: id,
          PrefixListName: name,
          Cidrs: [...blocks],
        })),
        ...more,
      };
    }),
    DescribeManagedPrefixLists: operation<
      DescribeManagedPrefixListsCommandInput,
      DescribeManagedPrefixListsCommandOutput
    >(['Filters', 'PrefixListIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wantedLists(world, input.PrefixListIds).filter(
        ec2Filter(input.Filters, listTexts, untagged),
      );
      const { items, more } = ec2Page(found, input, input.PrefixListIds);
      return {
        PrefixLists: items.map(({ id, name }) => ({
          PrefixListId: id,
          PrefixListName: name,
          AddressFamily: 'IPv4',
          State: 'create-complete',
          PrefixListArn: `arn:aws:ec2:${region}:aws:prefix-list/${id}`,
          OwnerId: 'AWS',
          Version: 1,
          Tags: [],
        })),
        ...more,
      };
    }),
  };
}

function wantedLists(world: World, ids: readonly string[] = []): PrefixList[] {
  const all = prefixLists(world);
  const missing = ids.find((id) => !all.some((list) => list.id === id));
  if (missing !== undefined) {
    throw new AwsError(
      'InvalidPrefixListID.NotFound',
      `The prefix list ID '${missing}' does not exist`,
    );
  }
  return all.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
