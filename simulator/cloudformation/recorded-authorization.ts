import type { Identity } from '../core/arns.ts';
import {
  member,
  type Needs,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagKeys,
  text,
} from '../wire/authorization.ts';

/** Actions on Auto Scaling, of which templates declare records: its page in the Service Authorization Reference. */
export function autoScalingAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (kind: string, name: unknown) =>
    `arn:aws:autoscaling:${region}:${accountId}:${kind}:*:${kind}Name/${text(name)}`;
  const onGroup = (input: RequestMembers) => ({
    resource: arn('autoScalingGroup', input.AutoScalingGroupName),
    keys: { ...requestTagKeys(input.Tags), ...tagKeys(input.TagKeys) },
  });
  // User guide, "Control Amazon EC2 launch template usage in Auto Scaling groups".
  const launching: Needs = (input) => {
    const mixed = member(input.MixedInstancesPolicy, 'LaunchTemplate');
    const template = input.LaunchTemplate ?? member(mixed, 'LaunchTemplateSpecification');
    if (template === undefined) return onGroup(input);
    const id = text(member(template, 'LaunchTemplateId')) || '*';
    const resource = `arn:aws:ec2:${region}:${accountId}:launch-template/${id}`;
    return [onGroup(input), { action: 'ec2:RunInstances', resource }];
  };
  return {
    prefix: 'autoscaling',
    operations: {
      ...sameNeeds(onGroup, 'CreateOrUpdateTags', 'DeleteAutoScalingGroup', 'DeleteTags'),
      ...sameNeeds(launching, 'CreateAutoScalingGroup', 'UpdateAutoScalingGroup'),
      ...sameNeeds(
        (input) => ({ resource: arn('launchConfiguration', input.LaunchConfigurationName) }),
        'CreateLaunchConfiguration',
        'DeleteLaunchConfiguration',
      ),
    },
  };
}

/** Actions on Route 53, whose record sets have no ARN but that of their zone: its page there. */
export function route53Authorization(): ServiceAuthorization {
  const prefix = 'route53:ChangeResourceRecordSets';
  return {
    prefix: 'route53',
    operations: {
      ChangeResourceRecordSets: ({ HostedZoneId, Name, Type, Action }) => ({
        resource: `arn:aws:route53:::hostedzone/${text(HostedZoneId) || '*'}`,
        keys: {
          [`${prefix}NormalizedRecordNames`]: [text(Name).replace(/\.$/, '').toLowerCase()],
          [`${prefix}RecordTypes`]: [text(Type)],
          [`${prefix}Actions`]: [text(Action)],
        },
      }),
    },
  };
}
