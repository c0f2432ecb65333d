import type { TrackedDeployment } from '../../../functions/core/deployment/tracked-deployment.ts';
import { execution, release } from './releases.ts';

/** Input of run-deployment for the release v2 of shop. */
export function trackedDeployment(changes: Partial<TrackedDeployment> = {}): TrackedDeployment {
  return {
    release: release(),
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
    execution: execution(),
    taskToken: 'token-1',
    ...changes,
  };
}

/** Description of the deployment that belongs to it. */
export const ownDescription = 'greengate shop-222222222222-ab redrive 0';
