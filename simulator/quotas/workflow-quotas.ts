import { largestRegions } from './region-class.ts';
import { each, type RequestQuota } from './request-quota.ts';

/**
 * Step Functions service quotas, "Quotas related to API action throttling": bucket and refill of each action, for
 * some of them smaller outside the three largest Regions (aws-facts 5.2).
 */
export function workflowQuotas(region: string): readonly RequestQuota[] {
  return [...(largestRegions.includes(region) ? inLargestRegions : elsewhere), ...everywhere];
}

const starts = ['StartExecution', 'RedriveExecution'];
const tasks = ['GetActivityTask', 'SendTaskFailure', 'SendTaskHeartbeat', 'SendTaskSuccess'];

const inLargestRegions: readonly RequestQuota[] = [
  ...each('sfn', 1_300, 300, starts),
  ...each('sfn', 1_000, 200, ['StopExecution']),
  ...each('sfn', 3_000, 500, tasks),
  ...each('sfn', 300, 15, ['DescribeExecution']),
  ...each('sfn', 200, 5, ['ListExecutions']),
  ...each('sfn', 100, 10, ['ListActivities']),
];

const elsewhere: readonly RequestQuota[] = [
  ...each('sfn', 800, 150, starts),
  ...each('sfn', 500, 25, ['StopExecution']),
  ...each('sfn', 1_500, 300, tasks),
  ...each('sfn', 250, 10, ['DescribeExecution']),
  ...each('sfn', 100, 2, ['ListExecutions']),
  ...each('sfn', 100, 5, ['ListActivities']),
];

const everywhere: readonly RequestQuota[] = [
  ...each('sfn', 400, 20, ['GetExecutionHistory']),
  ...each('sfn', 200, 20, ['DescribeStateMachine']),
  ...each('sfn', 200, 1, [
    'DescribeActivity',
    'DescribeMapRun',
    'DescribeStateMachineAlias',
    'DescribeStateMachineForExecution',
    'TagResource',
    'UntagResource',
  ]),
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
