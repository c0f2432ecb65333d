import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EcsModel } from './model.ts';
import type { Service } from './state.ts';

const longestMinutes = 60;

/** Waits for the service's PRIMARY task set or deployment; rejects after an hour, saying why its last task stopped. */
export function steadyState(world: World, model: EcsModel, service: Service): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      unsubscribe();
      cancel();
      settle();
    };
    const look = () => {
      if (isSteady(model, service)) finish(resolve);
      else if (isTripped(model, service)) {
        // As a stack's event says it (aws/copilot-cli #5296).
        const problem =
          "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
        finish(() => reject(new AwsError('GeneralServiceException', problem)));
      }
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
  const primary = model.rolling.find(service)?.primary;
  if (primary) return primary.rolloutState === 'COMPLETED' && primary.rollbackTo === undefined;
  return service.taskSets.some(
    ({ status, stabilityStatus }) => status === 'PRIMARY' && stabilityStatus === 'STEADY_STATE',
  );
}

function isTripped(model: EcsModel, service: Service): boolean {
  const deployments = model.rolling.find(service)?.deployments ?? [];
  const [primary] = deployments;
  return (
    primary !== undefined && (primary.rolloutState === 'FAILED' || primary.rollbackTo !== undefined)
  );
}
