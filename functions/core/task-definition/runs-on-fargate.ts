import { itemsOf } from '../config/loose-value.ts';
import type { EcsService } from '../ports/ecs-services.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** By launch type or capacity providers; where neither is said, by what the task definition demands. */
export function runsOnFargate(
  { launchType, capacityProviders }: Pick<EcsService, 'launchType' | 'capacityProviders'>,
  document: TaskDefinitionDocument,
): boolean {
  // FARGATE and FARGATE_SPOT; any other provider is somebody's own group of instances.
  if (capacityProviders.length > 0) {
    return capacityProviders.some((provider) => /^FARGATE(?:_SPOT)?$/.test(provider));
  }
  if (launchType !== undefined) return launchType === 'FARGATE';
  return itemsOf(document.requiresCompatibilities).includes('FARGATE');
}
