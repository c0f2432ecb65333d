import type { Audience } from '../../cli/rehearsal/audience.ts';
import type { Settings } from '../../simulator/core/settings.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { StageKind } from './entry.ts';
import { shopClients } from './shop-clients.ts';

/** Virtual pause between two releases: alarms look at minutes, rolled-back tasks drain for 30 s. */
const pauseMs = 15 * 60_000;
const minuteMs = 60_000;

/** What production serves in a minute of AWS time once a replacement takes part. */
export const requestsPerMinute = 120;

/** Few clients while probes are under way, many while time waits for them: two stages share two cores. */
export const clients = {
  requests: shopClients,
  requestsPerSecond: 30,
  hurriedRequestsPerSecond: 400,
  requestsPerWeight: requestsPerMinute,
};

/** How long a task takes until its container starts: most of a minute on Fargate, longer for a large image. */
export function simulatorSettings(stage: StageKind): Partial<Settings> {
  return { taskStartMs: stage === 'http-slow-pull' ? 300_000 : 45_000 };
}

/** Lets what the release before left behind fade away, so that the order of the corpus does not matter. */
export async function settle({ world }: Simulator): Promise<void> {
  await world.clock.sleep(pauseMs);
}

/**
 * From the first shift of production traffic on, every minute of AWS time serves its requests, however long
 * the waits that the rehearsal skips: alarms and clients must see what they would see on AWS. Ends with
 * the returned function.
 */
export function serveEveryMinute(
  { world }: Simulator,
  { ledger, listenerRole }: Pick<Audience, 'ledger' | 'listenerRole'>,
): () => void {
  let cancel = () => {};
  const tick = () => {
    ledger.weightsChanged();
    cancel = world.clock.schedule(minuteMs, tick);
  };
  const unsubscribe = world.journal.subscribe((entry) => {
    if (entry.kind !== 'listener.weights') return;
    if (listenerRole(entry.listenerArn) !== 'production') return;
    unsubscribe();
    tick();
  });
  return () => {
    unsubscribe();
    cancel();
  };
}
