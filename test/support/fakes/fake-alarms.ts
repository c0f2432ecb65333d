import type { Alarms } from '../../../functions/core/ports/alarms.ts';

/** Alarms by name; those that are not in the map are unknown. */
export class FakeAlarms implements Alarms {
  readonly known = new Map<string, string>();

  async states(names: readonly string[]): Promise<{ name: string; state: string }[]> {
    return names.flatMap((name) => {
      const state = this.known.get(name);
      return state === undefined ? [] : [{ name, state }];
    });
  }
}
