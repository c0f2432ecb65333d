import { decideEnding } from '../core/deployment/decide-ending.ts';
import type { DeploymentRecord } from '../core/deployment/deployment-record.ts';
import { settle } from '../core/deployment/settle.ts';
import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { actorOf } from '../core/workflow/actor.ts';
import { answerTask } from './answer-task.ts';
import type { ConcludeDeps } from './conclude-deps.ts';
import { keepRecords, notify, readRecord } from './keep-records.ts';
import { tellStory } from './tell-story.ts';

/**
 * `unlinked`: a rollback is to be expected, but nothing shows it yet. `in-hand`: another invocation is telling people
 * just now, or crashed while it was about to.
 */
export type Conclusion = 'answered' | 'pending' | 'unlinked' | 'in-hand';

/** A notification is out within a second or two. */
const tellingLimitMs = 5_000;

/**
 * Concludes a deployment of ours that is Succeeded, Failed or Stopped: follows and verifies its rollback,
 * records, notifies, then answers the task (design D4). `pending` while the rollback still runs; its own
 * event, or the task's timeout retry, comes here again. Everything already done is left as it is.
 */
export async function concludeDeployment(
  deployment: Deployment,
  tracked: TrackedDeployment,
  deps: ConcludeDeps,
): Promise<Conclusion> {
  const earlier = await readRecord(deployment.deploymentId, deps);
  const record = earlier ?? (await makeRecord(deployment, tracked, deps));
  if (typeof record === 'string') return record;
  if (earlier === undefined) {
    await keepRecords(record, deps);
  }
  const told = await settle(
    () => notify(record, deps),
    (kind) => kind === 'in-hand',
    { intervalMs: 500, limitMs: tellingLimitMs, clock: deps.clock, signal: deps.signal },
  );
  // Who claimed the notification answers too; if it crashed, the task still waits, and somebody comes here again.
  if (told === 'in-hand') return 'in-hand';
  await answerTask(tracked.taskToken, record, deps);
  return 'answered';
}

async function makeRecord(
  deployment: Deployment,
  tracked: TrackedDeployment,
  deps: ConcludeDeps,
): Promise<DeploymentRecord | 'pending' | 'unlinked'> {
  const { release, taskDefinitionArn, execution } = tracked;
  const { deploymentId } = deployment;
  const story = await tellStory(deployment, release, deps);
  if (typeof story === 'string') return story;
  const rollbackDeploymentId = story.rollback?.deployment.deploymentId;
  return {
    ...decideEnding(story, release),
    deploymentId,
    ...(rollbackDeploymentId === undefined ? {} : { rollbackDeploymentId }),
    release,
    taskDefinitionArn,
    execution,
    actor: actorOf(release, execution),
    ...story,
    recordedAt: new Date(deps.clock.now()).toISOString(),
  };
}
