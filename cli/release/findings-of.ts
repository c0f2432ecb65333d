import { itemsOf, memberAt } from '../../functions/core/config/loose-value.ts';
import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';

/** What preflight found in this very run of an execution; nothing of the run before a redrive. */
export function findingsOf(
  record: unknown,
  { executionName, redriveCount }: Pick<DescribedExecution, 'executionName' | 'redriveCount'>,
): readonly CheckedFinding[] {
  const same =
    memberAt(record, 'executionName') === executionName &&
    Number(memberAt(record, 'redriveCount')) <= redriveCount;
  return same ? itemsOf(memberAt(record, 'findings')).filter(isFinding) : [];
}

/** Only preflight writes the key; what a reader needs is checked and the rest carried on. */
function isFinding(item: unknown): item is CheckedFinding {
  return (
    typeof memberAt(item, 'check') === 'string' && typeof memberAt(item, 'status') === 'string'
  );
}
