const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const orphanCheckMs = 500;

/**
 * Calls back once on Ctrl-C, a polite kill, a closed terminal, or when npm, which started us, is gone: a
 * kill of `npm run` ends its shell but not the process below. Returns the unsubscriber.
 */
export function onInterrupt(interrupted: () => void): () => void {
  const done = () => {
    cancel();
    interrupted();
  };
  const orphanCheck = watchForNpm(done);
  const cancel = () => {
    clearInterval(orphanCheck);
    for (const signal of signals) process.off(signal, done);
  };
  for (const signal of signals) process.on(signal, done);
  return cancel;
}

/** Resolves when interrupted; keeps the process alive until then. */
export async function untilInterrupted(): Promise<void> {
  const keepAlive = setInterval(() => {}, 60_000);
  await new Promise<void>((resolve) => onInterrupt(resolve));
  clearInterval(keepAlive);
}

/** Only under npm: whoever detaches us on purpose starts node directly. */
function watchForNpm(gone: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) gone();
  }, orphanCheckMs).unref();
}
