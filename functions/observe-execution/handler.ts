import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { parseExecutionStatusChange } from '../core/events/execution-status-change.ts';
import { liveConcludeDeps } from '../observe-deployment/live-conclude-deps.ts';
import { observeExecution } from './step.ts';

/** Ends of executions, delivered by EventBridge at best effort and perhaps twice (aws-facts 5.1). */
export const handler = lambdaEntry(parseExecutionStatusChange, (event, invocation) =>
  observeExecution(event, liveConcludeDeps(invocation)),
);
