import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { isRollback, isTerminal } from '../core/deployment/status.ts';
import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { type JudgedBefore, judgedBefore } from '../core/supersession/judged-before.ts';
import { executionPrefix } from '../core/sweep/known-execution.ts';
import { readRecord } from '../observe-deployment/keep-records.ts';

/** The same image, deployed under another tag by another execution and put back meanwhile; undefined when there is none. */
export async function findJudgedBefore(
  known: readonly Deployment[],
  { release, execution }: Pick<TrackedDeployment, 'release' | 'execution'>,
  deps: Parameters<typeof readRecord>[1],
): Promise<JudgedBefore | undefined> {
  const prefix = executionPrefix(release.service, release.digest);
  for (const one of known) {
    const { executionName = '' } = parseDeploymentDescription(one.description) ?? {};
    if (!executionName.startsWith(prefix) || isRollback(one)) continue;
    if (!isTerminal(one) || one.status === 'Succeeded') continue;
    const record = await readRecord(one.deploymentId, deps);
    const found = record && judgedBefore({ release, execution }, record);
    if (found !== undefined) return found;
  }
  return undefined;
}
