import type { JournalEntry } from '../../simulator/core/journal.ts';

/** What the journal says of executions and deployments, for who waits for their ends; judged is what the APIs say. */
export function executionsOf(entries: readonly JournalEntry[], digest: string): string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'execution.started' && digestOf(entry.input) === digest
      ? [entry.executionArn]
      : [],
  );
}

/** Whether it has ended, and not been redriven since. */
export function hasEnded(entries: readonly JournalEntry[], executionArn: string): boolean {
  const last = entries.findLast(
    (entry) =>
      (entry.kind === 'execution.ended' || entry.kind === 'execution.redriven') &&
      entry.executionArn === executionArn,
  );
  return last?.kind === 'execution.ended';
}

/** Deployments, rollbacks among them, that were created and have not ended. */
export function activeDeployments(entries: readonly JournalEntry[]): string[] {
  const active = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'deployment.created') active.add(entry.deploymentId);
    if (entry.kind !== 'deployment.status') continue;
    if (['Succeeded', 'Failed', 'Stopped'].includes(entry.status))
      active.delete(entry.deploymentId);
  }
  return [...active];
}

function digestOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'digest' in input
    ? input.digest
    : undefined;
}
