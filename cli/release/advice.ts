import type { Outcome } from '../../functions/core/release.ts';
import type { ExplainedRelease } from './explained-release.ts';

/** What somebody can do now, one line each; nothing for a release that went well. */
export function adviceFor({ execution, end }: ExplainedRelease): string[] {
  if (end === undefined) return [`Stop it, with rollback: ${stop(execution.executionArn)}`];
  return advice[end.outcome](execution.executionArn);
}

const redrive = (arn: string) => `aws stepfunctions redrive-execution --execution-arn ${arn}`;
const stop = (arn: string) => `aws stepfunctions stop-execution --execution-arn ${arn}`;

const advice: Readonly<Record<Outcome, (executionArn: string) => string[]>> = {
  deployed: () => [],
  'already-running': () => [],
  ignored: () => [],
  superseded: () => [],
  refused: (arn) => [`Mend what was found, then run it again: ${redrive(arn)}`],
  'rolled-back': (arn) => [
    'Repair the release and push it again, or what it depends on and run this one again:',
    `  ${redrive(arn)}`,
  ],
  failed: (arn) => [
    'Look at the service and its listeners if the reason names a rollback; then run it again:',
    `  ${redrive(arn)}`,
  ],
};
