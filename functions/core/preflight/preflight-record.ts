import { memberAt } from '../config/loose-value.ts';
import type { ExecutionIdentity, ReleaseRequest } from '../release.ts';
import type { CheckedFinding } from './finding.ts';

/** Everything that the last run of preflight found for one push and service; a redrive writes it anew. */
export interface PreflightRecord extends ReleaseRequest, ExecutionIdentity {
  /** Whether the release may go on. */
  readonly passed: boolean;
  /** Counts, or the one sentence that names what is not good. */
  readonly sentence: string;
  readonly findings: readonly CheckedFinding[];
  readonly durationMs: number;
  /** ISO 8601. */
  readonly recordedAt: string;
  /** ISO 8601; set once the notification of a refusal is out. */
  readonly notifiedAt?: string;
}

/** When the refusal by this very run of the state was notified; undefined for the record of another run. */
export function notifiedAtOf(
  record: unknown,
  { executionArn, redriveCount }: Pick<ExecutionIdentity, 'executionArn' | 'redriveCount'>,
): string | undefined {
  const same =
    memberAt(record, 'executionArn') === executionArn &&
    memberAt(record, 'redriveCount') === redriveCount;
  const notifiedAt = memberAt(record, 'notifiedAt');
  return same && typeof notifiedAt === 'string' ? notifiedAt : undefined;
}
