import type { Deployment } from '../../functions/core/ports/deployments.ts';
import type { ImageDetail } from '../../functions/core/ports/image-registry.ts';
import type { ExecutionIdentity, Release } from '../../functions/core/release.ts';
import type { Lens } from './move.ts';

/** What run-deployment reads of other deployments. */
function isPushOfDeployment(step: string, port: string, args: readonly unknown[]): boolean {
  // Of a write the reply is nothing anyway.
  return step === 'run' && port === 'records' && String(args[0]).endsWith('/task-token.json');
}

/** Bugs that the explorer must find: each makes a shipped step blind to what it decides by. */
export const seededBugs = {
  /** As if find-own-deployment compared names only: a redrive takes the refused deployment for its own. */
  'redrive count ignored': ({ step, input }, { method }, reply) => {
    if (step !== 'run' || method !== 'list') return reply;
    const { execution } = input as { execution: ExecutionIdentity };
    const mine = `greengate ${execution.executionName} redrive `;
    return (reply as Deployment[]).map((one) =>
      one.description?.startsWith(mine)
        ? { ...one, description: `${mine}${execution.redriveCount}` }
        : one,
    );
  },
  /** As if run-deployment did not ask again for a newer image before it creates a deployment. */
  'newer image not looked for': ({ step, input }, { method }, reply) => {
    if (step !== 'run' || method !== 'listTaggedImages') return reply;
    const { release } = input as { release: Release };
    return (reply as ImageDetail[]).filter(({ digest }) => digest === release.digest);
  },
  /** As if nobody asked who else started, or deployed, the push: its event came after the sweep gave it up. */
  'started push not looked for': ({ step }, { port, method, args }, reply) => {
    if (step === 'resolve' && port === 'executions' && method === 'list') return [];
    return isPushOfDeployment(step, port, args) ? undefined : reply;
  },
  /** As if run-deployment did not ask who else deployed the push: ListExecutions shows late what began just now. */
  'deployed push not looked for': ({ step }, { port, args }, reply) =>
    isPushOfDeployment(step, port, args) ? undefined : reply,
  /** As if a failed deployment that names no rollback yet were taken for one that has none (aws-facts 3.8). */
  'rollback not waited for': (_, { method }, reply) =>
    method === 'get' && reply !== undefined
      ? { ...(reply as Deployment), rollbackEvents: [] }
      : reply,
} as const satisfies Record<string, Lens>;

export type SeededBug = keyof typeof seededBugs;
