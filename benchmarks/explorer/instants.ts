/** Time stands still in the model: only the order of things matters. */
export const nowMs = Date.parse('2026-09-01T12:00:00Z');
export const hourMs = 3_600_000;
/** Long enough ago for a sweep not to wait for its event any more. */
export const firstPushMs = nowMs - hourMs;
export const startedAt = new Date(nowMs - hourMs + 60_000).toISOString();
