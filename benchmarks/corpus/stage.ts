import type { Audience, AudienceOptions } from '../../cli/rehearsal/audience.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import { acceptAny2xx } from './any-2xx.ts';
import type { StageKind } from './entry.ts';
import { GrpcClients } from './grpc-clients.ts';
import { isSecure, spoilCertificate } from './secure-stage.ts';
import { shopClients } from './shop-clients.ts';

/** Virtual pause between two releases: alarms look at minutes, rolled-back tasks drain for 30 s. */
const pauseMs = 15 * 60_000;
const minuteMs = 60_000;

/** What production serves in a minute of AWS time once a replacement takes part. */
export const requestsPerMinute = 60;
/**
 * Few clients while probes are under way, many while time waits for them: several stages share two cores, and
 * clients at a steady pace of real time would cost the more the slower all goes.
 */
const requestsPerSecond = 5;
const hurriedRequestsPerSecond = 400;

/** How long a task takes until its container starts: most of a minute on Fargate, longer for a large image. */
const taskStartMs = 45_000;
const slowPullMs = 300_000;

/** A crowded machine may need minutes for what takes seconds otherwise. */
export const patienceMs = 600_000;

export function openSimulator(stage: StageKind): Promise<Simulator> {
  return createSimulator({
    settings: { taskStartMs: stage === 'http-slow-pull' ? slowPullMs : taskStartMs },
  });
}

/** What the stack does not offer, done as its owners would: by calls. */
export async function prepareStage(simulator: Simulator, stage: StageKind): Promise<void> {
  if (stage === 'http-any-2xx') await acceptAny2xx(simulator);
  await spoilCertificate(simulator, stage);
}

/** The clients of a stage, who speak what its listeners speak. */
export function clientsOf(
  simulator: Simulator,
  stage: StageKind,
): Omit<AudienceOptions, 'simulator' | 'application' | 'deploymentGroup'> {
  const ca = simulator.models.acm.authority.certificatePem;
  return {
    requests: shopClients,
    requestsPerSecond,
    hurriedRequestsPerSecond,
    requestsPerWeight: requestsPerMinute,
    ...(isSecure(stage) && { ca }),
    ...(stage === 'grpc' && {
      clients: (listener) => new GrpcClients(listener, ca, requestsPerSecond),
    }),
  };
}

/** Lets what the release before left behind fade away, so that the order of the corpus does not matter. */
export async function settle({ world }: Simulator): Promise<void> {
  await world.clock.sleep(pauseMs);
}

/**
 * From the first shift of production traffic, or the begin of a rolling update, on, every minute of AWS time serves its requests, however long
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
    const shifted =
      entry.kind === 'listener.weights' && listenerRole(entry.listenerArn) === 'production';
    // A rolling update shifts no weights.
    const rolls = entry.kind === 'execution.state-entered' && entry.state === 'RollOut';
    if (!shifted && !rolls) return;
    unsubscribe();
    tick();
  });
  return () => {
    unsubscribe();
    cancel();
  };
}
