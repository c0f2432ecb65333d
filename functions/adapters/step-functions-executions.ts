import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  type ExecutionStatus,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Executions, ListedExecution } from '../core/ports/executions.ts';
import { callAws } from './aws-errors.ts';

/** The most that one page of ListExecutions holds (Step Functions API reference). */
const pageSize = 1_000;

/** Executions of one state machine. */
export function stepFunctionsExecutions(
  client: SFNClient,
  stateMachineArn: string,
  signal?: AbortSignal,
): Executions {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async workflowSinceMs() {
      const attempt = { action: 'states:DescribeStateMachine', resource: stateMachineArn };
      const { creationDate } = await callAws(attempt, () =>
        client.send(new DescribeStateMachineCommand({ stateMachineArn }), options),
      );
      return creationDate?.getTime() ?? 0;
    },

    async list(sinceMs) {
      const found: ListedExecution[] = [];
      let nextToken: string | undefined;
      do {
        const input = { stateMachineArn, maxResults: pageSize, ...(nextToken && { nextToken }) };
        const page = await callAws(
          { action: 'states:ListExecutions', resource: stateMachineArn },
          () => client.send(new ListExecutionsCommand(input), options),
        );
        // Newest first (Step Functions API reference): behind the first older one there are only older ones.
        const recent = (page.executions ?? [])
          .map(toListed)
          .filter(({ startedAtMs }) => startedAtMs >= sinceMs);
        found.push(...recent);
        nextToken = recent.length === page.executions?.length ? page.nextToken : undefined;
      } while (nextToken !== undefined);
      return found;
    },

    async describe(executionArn) {
      const output = await callAws(
        { action: 'states:DescribeExecution', resource: executionArn },
        () => client.send(new DescribeExecutionCommand({ executionArn }), options),
      );
      const { redriveCount = 0, input, error, cause } = output;
      return {
        ...toListed(output),
        ...{ redriveCount, input, error, cause, output: output.output },
      };
    },
  };
}

function toListed({
  executionArn = '',
  name = '',
  status,
  startDate,
  stopDate,
}: {
  readonly executionArn?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: ExecutionStatus | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
}): ListedExecution {
  return {
    executionArn,
    executionName: name,
    status: status ?? 'RUNNING',
    startedAtMs: startDate?.getTime() ?? 0,
    endedAtMs: stopDate?.getTime(),
  };
}
