import { type ChangeCalls, type Properties, tagCalls, whenOthersChanged } from './change-call.ts';
import { type CreationCalls, makes } from './creation-call.ts';

const group = 'AWS::AutoScaling::AutoScalingGroup';
const configuration = 'AWS::AutoScaling::LaunchConfiguration';
const recordSet = 'AWS::Route53::RecordSet';

const changed = (Action: string, { HostedZoneId, Name, Type }: Properties) =>
  ['route-53', 'ChangeResourceRecordSets', { HostedZoneId, Name, Type, Action }] as const;

/** Types that are only kept as records: who may declare them on AWS is asked all the same. */
export const recordedCreations: Readonly<Record<string, CreationCalls>> = {
  [group]: makes('auto-scaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'AutoScalingGroupName',
    LaunchTemplate: 'LaunchTemplate',
    MixedInstancesPolicy: 'MixedInstancesPolicy',
    Tags: 'Tags',
  }),
  [configuration]: makes('auto-scaling', 'CreateLaunchConfiguration', {
    LaunchConfigurationName: 'LaunchConfigurationName',
  }),
  [recordSet]: { make: ({ properties }) => [changed('CREATE', properties)] },
};

export const recordedCalls: Readonly<Record<string, ChangeCalls>> = {
  [group]: {
    update: (change) => {
      const AutoScalingGroupName = change.physicalId;
      const { LaunchTemplate, MixedInstancesPolicy } = change.after;
      const members = { AutoScalingGroupName, LaunchTemplate, MixedInstancesPolicy };
      return [
        ...whenOthersChanged(change, ['Tags'], ['auto-scaling', 'UpdateAutoScalingGroup', members]),
        ...tagCalls(
          change,
          (Tags) => ['auto-scaling', 'CreateOrUpdateTags', { AutoScalingGroupName, Tags }],
          (TagKeys) => ['auto-scaling', 'DeleteTags', { AutoScalingGroupName, TagKeys }],
        ),
      ];
    },
    delete: ({ physicalId: AutoScalingGroupName }) => [
      ['auto-scaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName }],
    ],
  },
  [configuration]: {
    delete: ({ physicalId: LaunchConfigurationName }) => [
      ['auto-scaling', 'DeleteLaunchConfiguration', { LaunchConfigurationName }],
    ],
  },
  [recordSet]: {
    update: ({ after }) => [changed('UPSERT', after)],
    delete: ({ properties }) => [changed('DELETE', properties)],
  },
};
