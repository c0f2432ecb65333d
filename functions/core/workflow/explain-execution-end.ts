import type { ExecutionEnded } from '../events/execution-status-change.ts';
import { toldText } from '../probe/told-text.ts';

/** How an execution ended, as one sentence without a full stop, e.g. `execution shop-… was stopped: wrong tag`. */
export function explainExecutionEnd(
  ended: Pick<ExecutionEnded, 'executionName' | 'status' | 'error' | 'cause'>,
): string {
  const { executionName, status, error, cause } = ended;
  const said = [error, cause === undefined ? undefined : messageOf(cause)].flatMap(
    (part) => toldText(part ?? '') || [],
  );
  const because = said.length === 0 ? '' : `: ${said.join(': ')}`;
  return `execution ${executionName} ${verbs[status]}${because}`;
}

const verbs: Readonly<Record<ExecutionEnded['status'], string>> = {
  ABORTED: 'was stopped',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
};

/** A function's failure is a JSON text with errorMessage, our own answers one with sentence (aws-facts 5.4). */
function messageOf(cause: string): string {
  return textMember(cause, 'sentence') ?? textMember(cause, 'errorMessage') ?? cause;
}

function textMember(json: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const member: unknown =
      typeof value === 'object' && value !== null && name in value
        ? (value as Record<string, unknown>)[name]
        : undefined;
    return typeof member === 'string' ? member : undefined;
  } catch {
    return undefined;
  }
}
