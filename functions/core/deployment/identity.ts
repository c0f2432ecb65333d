import type { ExecutionIdentity } from '../release.ts';

/** CodeDeploy's limit for a description (aws-facts 3.5). */
export const maxDescriptionLength = 256;

/** A person who starts an execution may name it with more than letters and digits (aws-facts 5.1). */
const pattern = /^greengate (.{1,80}) redrive (\d+)$/;

/**
 * A deployment's identity, kept in its description: CreateDeployment takes no client token, so this is how
 * a run finds its own deployment again (aws-facts 3.5, design D4). The redrive count is part of it, so a
 * timeout retry adopts and a redrive starts afresh.
 */
export function deploymentDescription(
  execution: Pick<ExecutionIdentity, 'executionName' | 'redriveCount'>,
): string {
  return `greengate ${execution.executionName} redrive ${execution.redriveCount}`;
}

/** Reads an identity back; undefined for a deployment that somebody else started. */
export function parseDeploymentDescription(
  description: string | undefined,
): Pick<ExecutionIdentity, 'executionName' | 'redriveCount'> | undefined {
  const match = pattern.exec(description ?? '');
  return match?.[1] === undefined
    ? undefined
    : { executionName: match[1], redriveCount: Number(match[2]) };
}
