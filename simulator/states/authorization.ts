import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type ConditionKeys,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

const service = 'states.amazonaws.com';

/** Actions on Step Functions: its page in the Service Authorization Reference. */
export function statesAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:states:${region}:${accountId}:${rest}`;
  const by = (field: string) => (input: RequestMembers) => ({ resource: text(input[field]) });
  // Started by a version or an alias, the machine is the resource and the qualifier a condition key.
  const started = (input: RequestMembers) => {
    const given = text(input.stateMachineArn);
    const parts = given.split(':');
    const qualifier = parts[7];
    const keys: ConditionKeys = { 'states:StateMachineQualifier': qualifier };
    return { resource: parts.slice(0, 7).join(':'), keys };
  };
  return {
    prefix: 'states',
    operations: {
      ListStateMachines: () => ({
        resource: arn('stateMachine:*'),
      }),
      ...anyResource(
        'ListActivities',
        'SendTaskFailure',
        'SendTaskHeartbeat',
        'SendTaskSuccess',
        'ValidateStateMachineDefinition',
      ),
      CreateStateMachine: (input) => [
        {
          resource: arn(`stateMachine:${text(input.name)}`),
          keys: requestTagKeys(input.tags),
        },
        ...passRole([input.roleArn], service),
        ...tagging('states:TagResource', arn(`stateMachine:${text(input.name)}`), input.tags),
      ],
      UpdateStateMachine: (input) => [
        { resource: text(input.stateMachineArn) },
        ...passRole([input.roleArn], service),
      ],
      ...sameNeeds(started, 'StartExecution', 'StartSyncExecution'),
      ...sameNeeds(
        by('stateMachineArn'),
        'DeleteStateMachine',
        'DescribeStateMachine',
        'ListExecutions',
        'ListStateMachineVersions',
        'ListStateMachineAliases',
        'PublishStateMachineVersion',
      ),
      ...sameNeeds(by('stateMachineVersionArn'), 'DeleteStateMachineVersion'),
      ...sameNeeds(
        by('stateMachineAliasArn'),
        'DescribeStateMachineAlias',
        'DeleteStateMachineAlias',
        'UpdateStateMachineAlias',
      ),
      CreateStateMachineAlias: (input) => ({
        resource: arn(`stateMachine:*:${text(input.name)}`),
      }),
      ...sameNeeds(
        by('executionArn'),
        'DescribeExecution',
        'DescribeStateMachineForExecution',
        'GetExecutionHistory',
        'RedriveExecution',
        'StopExecution',
        'ListMapRuns',
      ),
      ...sameNeeds(by('mapRunArn'), 'DescribeMapRun', 'UpdateMapRun'),
      TestState: (input) => [{ resource: '*' }, ...passRole([input.roleArn], service)],
      ListTagsForResource: by('resourceArn'),
      TagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: requestTagKeys(input.tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: tagKeys(input.tagKeys),
      }),
      CreateActivity: (input) => [
        { resource: arn(`activity:${text(input.name)}`), keys: requestTagKeys(input.tags) },
        ...tagging('states:TagResource', arn(`activity:${text(input.name)}`), input.tags),
      ],
      ...sameNeeds(by('activityArn'), 'DeleteActivity', 'DescribeActivity', 'GetActivityTask'),
    },
  };
}
