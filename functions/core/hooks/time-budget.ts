/** Time that is held back for record and report before a function's deadline (style habit 9). */
export const defaultReserveMs = 30_000;

/** The reserve when `remainingMs` are left of the invocation: 30 s, or a quarter of a short timeout. */
export function reserveMs(remainingMs: number): number {
  return Math.min(defaultReserveMs, Math.max(remainingMs, 0) / 4);
}
