import type { DescribeExecutionCommandOutput, ExecutionListItem } from '@aws-sdk/client-sfn';
import type { Execution } from '../executions/execution.ts';
import { redriveEligibility } from '../executions/redrive-eligibility.ts';

export function executionListItem(execution: Execution): ExecutionListItem {
  const { ending, redriveMs } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startMs),
    ...(ending && { stopDate: new Date(ending.atMs) }),
    ...(execution.versionArn !== undefined && { stateMachineVersionArn: execution.versionArn }),
    ...(execution.aliasArn !== undefined && { stateMachineAliasArn: execution.aliasArn }),
    redriveCount: execution.redriveCount,
    ...(redriveMs !== undefined && { redriveDate: new Date(redriveMs) }),
  };
}

/** As ListExecutions shows the children of a Map Run. */
export function childListItem(execution: Execution): ExecutionListItem {
  return { ...executionListItem(execution), ...execution.mapRun };
}

export function describeExecution(
  execution: Execution,
  nowMs: number,
): Omit<DescribeExecutionCommandOutput, '$metadata'> {
  const { ending } = execution;
  return {
    ...executionListItem(execution),
    ...(execution.mapRun && { mapRunArn: execution.mapRun.mapRunArn }),
    input: execution.inputText,
    inputDetails: { included: true },
    ...(ending?.output !== undefined && {
      output: ending.output,
      outputDetails: { included: true },
    }),
    ...(ending?.error !== undefined && { error: ending.error }),
    ...(ending?.cause !== undefined && { cause: ending.cause }),
    ...redriveEligibility(execution, nowMs),
  };
}

/** Without data that a key of the customer would encrypt (API reference, includedData). */
export function metadataOf<T extends ReturnType<typeof describeExecution>>({
  input: _input,
  inputDetails: _inputDetails,
  output: _output,
  outputDetails: _outputDetails,
  error: _error,
  cause: _cause,
  ...metadata
}: T) {
  return metadata;
}
