import { each, type RequestQuota } from './request-quota.ts';

/**
 * Step Functions service quotas, "Quotas related to API action throttling": bucket and refill of each action
 * in the three big Regions (aws-facts 5.2); the others have less for executions, tasks and activities.
 */
export const workflowQuotas: readonly RequestQuota[] = [
  ...each('sfn', 1_300, 300, ['StartExecution', 'RedriveExecution']),
  ...each('sfn', 1_000, 200, ['StopExecution']),
  ...each('sfn', 3_000, 500, [
    'GetActivityTask',
    'SendTaskFailure',
    'SendTaskHeartbeat',
    'SendTaskSuccess',
  ]),
  ...each('sfn', 400, 20, ['GetExecutionHistory']),
  ...each('sfn', 300, 15, ['DescribeExecution']),
  ...each('sfn', 200, 20, ['DescribeStateMachine']),
  ...each('sfn', 200, 5, ['ListExecutions']),
  ...each('sfn', 200, 1, [
    'DescribeActivity',
    'DescribeMapRun',
    'DescribeStateMachineAlias',
    'DescribeStateMachineForExecution',
    'TagResource',
    'UntagResource',
  ]),
  ...each('sfn', 100, 10, ['ListActivities']),
  ...each('sfn', 100, 5, ['ListStateMachines']),
  ...each('sfn', 100, 1, [
    'CreateActivity',
    'CreateStateMachine',
    'CreateStateMachineAlias',
    'DeleteActivity',
    'DeleteStateMachine',
    'DeleteStateMachineAlias',
    'DeleteStateMachineVersion',
    'ListMapRuns',
    'ListStateMachineAliases',
    'ListStateMachineVersions',
    'ListTagsForResource',
    'PublishStateMachineVersion',
    'UpdateMapRun',
    'UpdateStateMachine',
    'UpdateStateMachineAlias',
    'ValidateStateMachineDefinition',
  ]),
  ...each('sfn', 50, 10, ['TestState']),
];
