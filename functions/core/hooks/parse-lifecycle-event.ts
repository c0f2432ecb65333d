import { InvalidConfigError } from '../errors.ts';
import { type HookLifecycleEvent, hookLifecycleEvents } from '../lifecycle-events.ts';

/** The lifecycle event that a deployed hook function is for, from its environment (design D6). */
export function parseLifecycleEvent(name: string): HookLifecycleEvent {
  const event = hookLifecycleEvents.find((candidate) => candidate === name);
  if (event === undefined) {
    throw new InvalidConfigError(
      `LIFECYCLE_EVENT is "${name}", expected one of ${hookLifecycleEvents.join(', ')}`,
    );
  }
  return event;
}
