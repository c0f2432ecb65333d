import type { JudgeDeps } from './hook-scene.ts';

/**
 * How long a listener that shows its new target group already may still send requests to the old one: its
 * nodes take over a change one by one, and AWS publishes no figure. Probes sent earlier could judge the
 * original instead (promise P2); ten seconds are nothing beside the hour that CodeDeploy waits for a hook.
 */
export const listenerPropagationMs = 10_000;

export function awaitPropagation({
  clock,
  signal,
}: Pick<JudgeDeps, 'clock' | 'signal'>): Promise<void> {
  return clock.sleep(listenerPropagationMs, signal);
}
