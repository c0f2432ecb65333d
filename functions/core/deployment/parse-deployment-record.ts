import { outcomes } from '../release.ts';
import type { DeploymentRecord } from './deployment-record.ts';

/** A record read back; undefined when there is none or it is none of ours. */
export function parseDeploymentRecord(document: unknown): DeploymentRecord | undefined {
  return isDeploymentRecord(document) ? document : undefined;
}

/** Only this controller writes the key, so what decides is checked and the rest is trusted. */
function isDeploymentRecord(document: unknown): document is DeploymentRecord {
  return (
    typeof document === 'object' &&
    document !== null &&
    'outcome' in document &&
    outcomes.some((outcome) => outcome === document.outcome) &&
    'release' in document &&
    typeof document.release === 'object' &&
    'hooks' in document &&
    Array.isArray(document.hooks)
  );
}
