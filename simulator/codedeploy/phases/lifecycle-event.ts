import type { LifecycleEventStatus } from '@aws-sdk/client-codedeploy';
import { asEnd } from '../deployment-end.ts';
import type { LifecycleEventName } from '../deployment-target.ts';
import type { PhaseContext } from './phase-context.ts';

const succeeded = { errorCode: 'Success', scriptName: '', message: '', logTail: '' } as const;

/** Runs one lifecycle event: marks its start, its end with the status for success, or its failure. */
export async function lifecycleEvent(
  context: PhaseContext,
  name: LifecycleEventName,
  work: () => Promise<void>,
  success: LifecycleEventStatus = 'Succeeded',
): Promise<void> {
  const { world, deployment, target } = context;
  deployment.signal.throwIfAborted();
  const record = target.event(name);
  record.status = 'InProgress';
  record.startedAtMs = target.updatedAtMs = world.clock.now();
  world.journal.record('lifecycle.started', { deploymentId: deployment.id, lifecycleEvent: name });
  const end = (status: LifecycleEventStatus) => {
    record.status = status;
    record.endedAtMs = target.updatedAtMs = world.clock.now();
    world.journal.record('lifecycle.ended', {
      deploymentId: deployment.id,
      lifecycleEvent: name,
      status,
    });
  };
  try {
    await work();
    record.diagnostics = succeeded;
    end(success);
  } catch (error) {
    const { message } = asEnd(error);
    // UnknownError for hooks is what other emulators show; AWS documents no code (aws-facts 3.10).
    record.diagnostics = { errorCode: 'UnknownError', scriptName: '', message, logTail: '' };
    end('Failed');
    throw error;
  }
}
