import { requestOfInput } from '../core/events/execution-status-change.ts';
import type { Executions } from '../core/ports/executions.ts';
import { executionPrefix } from '../core/sweep/known-execution.ts';
import {
  goesBefore,
  isFoundBySweep,
  isSamePush,
  type StartedPush,
  sweepGraceMs,
} from '../core/sweep/same-push.ts';
import { executionName } from '../core/workflow/execution-name.ts';
import type { RequestInput } from '../core/workflow/step-input.ts';

/** Clocks of ECR and Step Functions, and the precision of events (aws-facts 1.1), need not agree to the second. */
const clockSkewMs = 60_000;

/**
 * Sentence that says that this push was started before, undefined when it was not. The event of a push may come after
 * the sweep gave it up for lost (aws-facts 1.4): what was deployed, and perhaps rolled back, is not deployed again.
 * What a person starts is another word for it. Whoever looks began before, so that of two at least one sees the other.
 */
export async function findSamePush(
  { request, execution }: RequestInput,
  executions: Pick<Executions, 'list' | 'describe'>,
): Promise<string | undefined> {
  const own = { request, startedAtMs: Date.parse(execution.startedAt) };
  if (execution.executionName !== executionName(request)) return undefined;
  const pushedAtMs = Date.parse(request.pushedAt);
  // A prompt event costs nothing here: no sweep starts what was pushed just now.
  const late = own.startedAtMs - pushedAtMs > sweepGraceMs - clockSkewMs;
  if (!late && !isFoundBySweep(request)) return undefined;
  const prefix = executionPrefix(request.service, request.digest);
  for (const listed of await executions.list(pushedAtMs - clockSkewMs)) {
    const { executionArn, executionName: name, startedAtMs } = listed;
    if (!name.startsWith(prefix) || name === execution.executionName) continue;
    const asked = requestOfInput((await executions.describe(executionArn)).input, name);
    if (asked === undefined || 'asked' in asked || name !== executionName(asked)) continue;
    const other: StartedPush = { request: asked, startedAtMs };
    if (isSamePush(own, other) && goesBefore(other, own)) return sentenceOf(other, name);
  }
  return undefined;
}

function sentenceOf({ request, startedAtMs }: StartedPush, name: string): string {
  const whom = isFoundBySweep(request) ? 'the sweep' : 'its event';
  return `This push was started before, by ${whom}, as execution ${name} at ${new Date(startedAtMs).toISOString()}: its outcome is that execution's`;
}
