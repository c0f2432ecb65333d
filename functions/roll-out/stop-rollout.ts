import { requestStop } from '../core/deployment/request-stop.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import type { RollOutDeps } from './roll-out-deps.ts';

/** Has a rollout stopped and rolled back, and keeps why: the first reason stays. */
export function stopRollout(
  arn: string,
  reason: Parameters<typeof requestStop>[1],
  {
    serviceDeployments,
    ...deps
  }: Pick<RollOutDeps, 'serviceDeployments' | 'records' | 'clock' | 'log'>,
): Promise<'stopping' | 'already-completed'> {
  const deployments = { stop: () => serviceDeployments.stop(arn) };
  return requestStop(rolloutId({ arn }), reason, { ...deps, deployments });
}
