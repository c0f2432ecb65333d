import { controlOperation } from '../control-operation.ts';
import { listenerEntries } from '../listener-entries.ts';

const shownTimers = 100;

export const stateOperations = [
  controlOperation(
    'GET state',
    'Time, what holds it and what waits for it, account, seed, and where listeners and tasks listen',
    {},
    ({ control }) => {
      const { world, models } = control.current();
      const { clock, identity, random, network } = world;
      const pending = clock.pending();
      return {
        time: new Date(clock.now()).toISOString(),
        mode: clock.mode,
        paused: clock.paused,
        skippedMs: clock.skippedMs,
        heldBy: clock.heldBy().filter((reason) => !reason.startsWith('control request ')),
        timers: {
          pending: pending.length,
          next: pending.slice(0, shownTimers).map(({ dueMs, kind }) => ({
            at: new Date(dueMs).toISOString(),
            kind,
          })),
        },
        accountId: identity.accountId,
        region: identity.region,
        seed: random.seed,
        journalEntries: world.journal.entries.length,
        listeners: listenerEntries(models),
        network: network.table(),
      };
    },
  ),
];
