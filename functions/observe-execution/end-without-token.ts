import { decideFailure } from '../core/deployment/decide-ending.ts';
import {
  type PreflightRefused,
  type ReleaseHeld,
  type ReleaseRefused,
  TransientAwsError,
} from '../core/errors.ts';
import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { explainExecutionEnd } from '../core/workflow/explain-execution-end.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';
import { tellStory } from '../observe-deployment/tell-story.ts';
import type { ExecutionEnd } from './keep-execution-end.ts';

type Refusal = PreflightRefused | ReleaseHeld | ReleaseRefused;

/** Spelled out: the bundles are minified, and their classes have other names. */
const refusals = {
  PreflightRefused: true,
  ReleaseHeld: true,
  ReleaseRefused: true,
} as const satisfies Record<Refusal['name'], true>;

/**
 * How an execution ended whose function died, or lost the records, before it kept a token for its deployment: nobody
 * else concludes that one. What became of the deployment is what counts, and a rollback when it is verified (P3).
 * TransientAwsError while one is under way.
 */
export async function endWithoutToken(
  event: ExecutionEnded,
  own: Deployment | undefined,
  deps: ConcludeDeps,
): Promise<ExecutionEnd> {
  const why = explainExecutionEnd(event);
  if (own === undefined) {
    return Object.hasOwn(refusals, event.error ?? '')
      ? { outcome: 'refused', reason: `Refused: ${why}` }
      : { outcome: 'failed', reason: `Failed before a deployment was started: ${why}` };
  }
  const { deploymentId, status } = own;
  if (status === 'Succeeded') {
    return event.error === 'VerificationFailed'
      ? {
          outcome: 'failed',
          reason: `Failed after deployment ${deploymentId} succeeded: ${why}`,
          deploymentId,
        }
      : {
          outcome: 'deployed',
          reason: `Deployed: deployment ${deploymentId} succeeded, but nothing waited for it, so that what runs now was not verified: ${why}`,
          deploymentId,
        };
  }
  const story = await tellStory(own, event.request, deps);
  if (typeof story === 'string') {
    // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
    throw new TransientAwsError(
      `The rollback of deployment ${deploymentId}, which is ${status}, is ${story}, expected it to end`,
    );
  }
  const { outcome, error, reason } = decideFailure(story);
  return { outcome, reason: `${reason}; nothing waited for it: ${why}`, deploymentId, error };
}
