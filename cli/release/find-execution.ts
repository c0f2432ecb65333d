import type { ListedExecution } from '../../functions/core/ports/executions.ts';
import { digestPart } from '../../functions/core/workflow/execution-name.ts';

/** Which release somebody asks about. */
export interface WantedRelease {
  readonly service: string;
  readonly repository: string;
  /** `sha256:…` */
  readonly digest: string;
}

/**
 * The newest execution that a push of this image started for this service: its name begins with both (design D1).
 * `listed` is newest first, as Step Functions lists it.
 */
export function findExecution(
  listed: readonly ListedExecution[],
  { service, digest }: Pick<WantedRelease, 'service' | 'digest'>,
): ListedExecution | undefined {
  const prefix = `${service}-${digestPart(digest)}-`;
  return listed.find(({ executionName }) => executionName.startsWith(prefix));
}
