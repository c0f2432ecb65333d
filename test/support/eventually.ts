import { vi } from 'vitest';

/**
 * Waits until an assertion about another process or connection holds, and fails with its last complaint.
 * Vitest's own second is too short for a cold start on a busy machine; this stays below a test's 30 seconds.
 */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 25_000, interval: 20 });
}
