import type { World } from '../core/world.ts';
import type { EcsModel } from './model.ts';
import type { Service } from './state.ts';

const longestMinutes = 60;

/** Waits for the service's PRIMARY task set; rejects after an hour, saying why its last task stopped. */
export function steadyState(world: World, model: EcsModel, service: Service): Promise<void> {
  return new Promise((resolve, reject) => {
    const isSteady = () =>
      service.taskSets.some(
        ({ status, stabilityStatus }) => status === 'PRIMARY' && stabilityStatus === 'STEADY_STATE',
      );
    const finish = (settle: () => void) => {
      unsubscribe();
      cancel();
      settle();
    };
    const unsubscribe = model.taskSets.onChange(service, () => {
      if (isSteady()) finish(resolve);
    });
    const cancel = world.clock.schedule(longestMinutes * 60_000, () => {
      const stopped = [...service.tasks].findLast(({ stopCause }) => stopCause !== undefined);
      const why = stopped ? `; last stopped task: ${stopped.stopCause?.reason}` : '';
      const problem = `Service ${service.name} did not stabilize within ${longestMinutes} minutes${why}`;
      finish(() => reject(new Error(problem)));
    });
    if (isSteady()) finish(resolve);
  });
}
