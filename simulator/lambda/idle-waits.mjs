/** Waits of callbacks, such as the pause before an SDK tries again: passed over once nothing else is under way. */

/** Shorter waits are not worth asking the simulator for. */
export const shortestSkippedMs = 100;
/** How often a process that waits looks whether waiting is all that it does. */
const lookMs = 10;
/** Standard output and error, which are pipes, stay open all the time; a child process shows as itself. */
const alwaysOpen = 'PipeWrap';

/** Whether nothing keeps this process but so many timers: no request, no socket in use, no file, no child. */
function onlyTimersKeepIt(count) {
  const kept = process.getActiveResourcesInfo().filter((kind) => kind !== alwaysOpen);
  return kept.length === count && kept.every((kind) => kind === 'Timeout');
}

/**
 * Returns what is to be called whenever a timer is armed. Never skips past another timer, and nothing while a
 * sleep or an interval of its own keeps the process.
 * @param {object} options
 * @param {Set<{ remainingMs: number, hasRef(): boolean, advance(ms: number): void }>} options.pending
 * @param {(stepMs: () => number) => Promise<number>} options.skip lets virtual time pass, one at a time; resolves
 * with what was skipped
 * @param {() => boolean} options.mayPass
 * @param {(run: () => void, ms: number) => { unref(): void }} options.realTimeout
 */
export function skipIdleWaits({ pending, skip, mayPass, realTimeout }) {
  let watching = false;

  const idleForMs = () => {
    const timers = [...pending];
    const keeping = timers.filter((timer) => timer.hasRef()).length;
    if (keeping === 0 || !mayPass() || !onlyTimersKeepIt(keeping)) return 0;
    return Math.min(...timers.map((timer) => timer.remainingMs));
  };
  // Not kept by its own looking: a function whose loop is empty has ended.
  const rest = (ms) => new Promise((resolve) => realTimeout(resolve, ms).unref());

  async function watch() {
    watching = true;
    while ([...pending].some((timer) => timer.hasRef())) {
      await rest(lookMs);
      const waitMs = idleForMs();
      if (waitMs < shortestSkippedMs) continue;
      const skippedMs = await skip(idleForMs);
      // Where time does not jump, such as in the init phase, there is nothing to ask for again.
      if (skippedMs === 0) await rest(waitMs);
    }
    watching = false;
  }

  return () => {
    if (!watching) void watch();
  };
}
