import { z } from 'zod';
import { type ResourceProvider, type ResourceProviders, resource } from './resource-provider.ts';

/** Types of which a rehearsal keeps what was declared: nothing is done with it, no API describes it. */
const records: Readonly<Record<string, RecordType>> = {
  'AWS::CDK::Metadata': { properties: ['Analytics'] },
  'AWS::CloudFormation::WaitConditionHandle': { properties: [] },
  'AWS::Route53::RecordSet': {
    properties: [
      'AliasTarget',
      'Comment',
      'Failover',
      'GeoLocation',
      'HealthCheckId',
      'HostedZoneId',
      'HostedZoneName',
      'MultiValueAnswer',
      'Name',
      'Region',
      'ResourceRecords',
      'SetIdentifier',
      'TTL',
      'Type',
      'Weight',
    ],
    replacedBy: ['HostedZoneId', 'HostedZoneName', 'Name'],
    nameProperty: 'Name',
  },
  'AWS::EC2::LaunchTemplate': {
    properties: [
      'LaunchTemplateData',
      'LaunchTemplateName',
      'TagSpecifications',
      'VersionDescription',
    ],
    replacedBy: ['LaunchTemplateName'],
    attributes: { DefaultVersionNumber: '1', LatestVersionNumber: '1' },
    prefix: 'lt-0',
  },
  'AWS::AutoScaling::LaunchConfiguration': {
    properties: [
      'AssociatePublicIpAddress',
      'BlockDeviceMappings',
      'EbsOptimized',
      'IamInstanceProfile',
      'ImageId',
      'InstanceMonitoring',
      'InstanceType',
      'KeyName',
      'LaunchConfigurationName',
      'MetadataOptions',
      'PlacementTenancy',
      'SecurityGroups',
      'SpotPrice',
      'UserData',
    ],
    replacedBy: 'all',
    nameProperty: 'LaunchConfigurationName',
  },
  'AWS::AutoScaling::AutoScalingGroup': {
    properties: [
      'AutoScalingGroupName',
      'AvailabilityZones',
      'CapacityRebalance',
      'Cooldown',
      'DefaultInstanceWarmup',
      'DesiredCapacity',
      'HealthCheckGracePeriod',
      'HealthCheckType',
      'InstanceMaintenancePolicy',
      'LaunchConfigurationName',
      'LaunchTemplate',
      'LifecycleHookSpecificationList',
      'MaxInstanceLifetime',
      'MaxSize',
      'MetricsCollection',
      'MinSize',
      'NewInstancesProtectedFromScaleIn',
      'NotificationConfigurations',
      'PlacementGroup',
      'ServiceLinkedRoleARN',
      'Tags',
      'TerminationPolicies',
      'VPCZoneIdentifier',
    ],
    replacedBy: ['AutoScalingGroupName'],
    nameProperty: 'AutoScalingGroupName',
  },
};

interface RecordType {
  readonly properties: readonly string[];
  readonly replacedBy?: 'all' | readonly string[];
  /** Its value is the physical id. */
  readonly nameProperty?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Of an id that AWS makes up. */
  readonly prefix?: string;
}

type Properties = Record<string, unknown>;

export function recordResources(): ResourceProviders {
  return Object.fromEntries(
    Object.entries(records).map(([type, record]) => [type, recordOf(record)]),
  );
}

function recordOf({
  properties,
  replacedBy = [],
  nameProperty,
  attributes = {},
  prefix,
}: RecordType): ResourceProvider {
  const shape = Object.fromEntries(properties.map((name) => [name, z.unknown().optional()]));
  const schema = z.strictObject(shape) as unknown as z.ZodType<Properties, unknown>;
  return resource(
    schema,
    (declared, context) => {
      const name = nameProperty === undefined ? undefined : declared[nameProperty];
      const made = prefix ? `${prefix}${context.world.ids.hex(16)}` : context.generatedName(255);
      const physicalId = typeof name === 'string' ? name : made;
      return { physicalId, attributes: { ...attributes, Id: physicalId } };
    },
    {
      replacedBy,
      ...(nameProperty !== undefined && { nameProperty }),
      update: () => undefined,
      delete() {},
    },
  );
}
