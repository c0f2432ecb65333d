import { judgeListener } from '../core/checks/listener-check.ts';
import { settle } from '../core/deployment/settle.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';

/** CodeDeploy has moved the listener before it calls the hook; this covers what DescribeListeners shows late. */
const listenerLimitMs = 10_000;
const listenerIntervalMs = 1_000;

/** A listener that should show the replacement by now, read again until it does or the limit is reached. */
export function settledListener(
  listenerArn: string,
  { roles, pair }: HookScene,
  deps: Pick<JudgeDeps, 'loadBalancing' | 'clock' | 'signal'>,
): Promise<Listener> {
  const shown = (listener: Listener) =>
    roles === undefined ||
    judgeListener(listener, { name: 'listener', group: roles.replacement, pair }).verdict ===
      'pass';
  return settle(
    () => deps.loadBalancing.listener(listenerArn),
    (listener) => !shown(listener),
    {
      intervalMs: listenerIntervalMs,
      limitMs: listenerLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
}
