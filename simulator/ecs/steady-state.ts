import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EcsModel } from './model.ts';
import type { Service } from './state.ts';

const longestMinutes = 60;

/**
 * Waits for the service's PRIMARY task set or for the rollout that is under way; rejects when that one fails, and after
 * an hour, saying why the last task stopped.
 */
export function steadyState(world: World, model: EcsModel, service: Service): Promise<void> {
  const awaited = model.rolling.find(service)?.primary;
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      unsubscribe();
      cancel();
      settle();
    };
    const look = () => {
      if (awaited?.rolloutState === 'FAILED') {
        // As a stack's event says it (aws/copilot-cli #5296).
        const problem =
          "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
        finish(() => reject(new AwsError('GeneralServiceException', problem)));
      } else if (isSteady(model, service)) finish(resolve);
    };
    const unsubscribe =
      service.controller === 'ECS'
        ? model.rolling.onChange(service, look)
        : model.taskSets.onChange(service, look);
    const cancel = world.clock.schedule(longestMinutes * 60_000, () => {
      const stopped = [...service.tasks].findLast(({ stopCause }) => stopCause !== undefined);
      const why = stopped ? `; last stopped task: ${stopped.stopCause?.reason}` : '';
      const problem = `Service ${service.name} did not stabilize within ${longestMinutes} minutes${why}`;
      finish(() => reject(new Error(problem)));
    });
    look();
  });
}

function isSteady(model: EcsModel, service: Service): boolean {
  // Task sets of an EXTERNAL service come after it.
  if (service.controller === 'EXTERNAL' && service.taskSets.length === 0) return true;
  const rolling = model.rolling.find(service);
  if (rolling) return rolling.isSteady && rolling.primary?.rolloutState === 'COMPLETED';
  return service.taskSets.some(
    ({ status, stabilityStatus }) => status === 'PRIMARY' && stabilityStatus === 'STEADY_STATE',
  );
}
