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

/** The record of this very run of the state, as far as people are told of it; undefined for any other. */
export function parsePreflightRecord(
  document: unknown,
  { executionArn, redriveCount }: Pick<ExecutionIdentity, 'executionArn' | 'redriveCount'>,
): PreflightRecord | undefined {
  return isPreflightRecord(document) &&
    document.executionArn === executionArn &&
    document.redriveCount === redriveCount
    ? document
    : undefined;
}

const texts = ['service', 'repository', 'tag', 'digest', 'sentence', 'executionArn', 'recordedAt'];

function isPreflightRecord(document: unknown): document is PreflightRecord {
  const findings = memberAt(document, 'findings');
  return (
    texts.every((name) => typeof memberAt(document, name) === 'string') &&
    Array.isArray(findings) &&
    findings.every(isFinding)
  );
}

function isFinding(value: unknown): boolean {
  const told = memberAt(value, 'status') === 'NG' ? ['expected', 'observed', 'remedy'] : [];
  return ['check', 'title', 'status', ...told].every(
    (name) => typeof memberAt(value, name) === 'string',
  );
}
