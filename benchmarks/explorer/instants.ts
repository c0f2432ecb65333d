/** Time stands still in the model: only the order of things matters. */
export const nowMs = Date.parse('2026-09-01T12:00:00Z');
export const hourMs = 3_600_000;
/** Long enough ago for a sweep not to wait for its event any more. */
export const firstPushMs = nowMs - hourMs;
/** Executions begin one after the other, all of them late enough for a sweep to have given an event up for lost. */
export const startedAtMs = (execution: number) => firstPushMs + 10 * 60_000 + 1_000 * execution;
