import type { World } from '../core/world.ts';
import type { EcsModel } from './model.ts';
import type { Service } from './state.ts';

const longestMinutes = 60;

/** Waits for the service's PRIMARY task set; rejects with the service's latest events after an hour. */
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
      const events = service.events.slice(0, 3).map(({ message }) => message);
      finish(() =>
        reject(
          new Error(
            `Service ${service.name} did not stabilize within ${longestMinutes} minutes; latest events: ${events.join(' ')}`,
          ),
        ),
      );
    });
    if (isSteady()) finish(resolve);
  });
}
