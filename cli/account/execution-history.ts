import {
  GetExecutionHistoryCommand,
  type HistoryEvent as SdkHistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { callAws } from '../../functions/adapters/aws-errors.ts';
import {
  type ExecutionProgress,
  type HistoryEvent,
  progressOf,
} from '../release/execution-progress.ts';

/** The most that one page holds (GetExecutionHistory, Step Functions API reference). */
const pageSize = 1_000;

/** How far an execution has come, read from its history. */
export async function executionHistory(
  client: SFNClient,
  executionArn: string,
): Promise<ExecutionProgress> {
  const attempt = { action: 'states:GetExecutionHistory', resource: executionArn };
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const input = { executionArn, maxResults: pageSize, ...(nextToken && { nextToken }) };
    const page = await callAws(attempt, () => client.send(new GetExecutionHistoryCommand(input)));
    events.push(...(page.events ?? []).map(toEvent));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return progressOf(events);
}

function toEvent(event: SdkHistoryEvent): HistoryEvent {
  return {
    type: event.type ?? '',
    atMs: event.timestamp?.getTime() ?? 0,
    stateName: event.stateEnteredEventDetails?.name,
    output: event.taskSubmittedEventDetails?.output,
  };
}
