/** How far back rollouts are listed: one may take long, and before a redrive its execution may have waited for days. */
export const rolloutLookBackMs = 14 * 24 * 3_600_000;
