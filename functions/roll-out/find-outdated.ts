import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { ResourceNotFoundError } from '../core/errors.ts';
import { revisionOf } from '../core/task-definition/revision-of.ts';
import { servingWorkload } from '../core/workflow/serving-workload.ts';
import { findOutdatedRevision } from '../run-deployment/outdated-revision.ts';
import type { RollOutDeps } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';

/**
 * Why the release must be looked at anew, from preflight on: a release may have waited for hours, and a redrive begins
 * here days later (ADR 0013). Other than CodeDeploy, which brings a task set back, a rolling update goes back to the
 * revision that the release names as its original; once another release has come to production that revision is older
 * than what would have to come back. Undefined while all is well.
 */
export async function findOutdated(
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: Pick<RollOutDeps, 'services' | 'taskDefinitions' | 'log'>,
): Promise<string | undefined> {
  const { cluster, service: name } = service.target;
  const ecsService = await deps.services.describeService(cluster, name);
  if (ecsService === undefined) {
    throw new ResourceNotFoundError(
      `Cannot roll out "${service.name}": ECS has no service "${name}" in cluster "${cluster}"`,
    );
  }
  const serving = servingWorkload(ecsService);
  const outdated =
    (await findOutdatedRevision(service, input, serving, deps)) ??
    findAnotherOriginal(service, input, serving);
  if (outdated !== undefined) {
    deps.log.warn('release outdated', { service: service.name, outdated });
  }
  return outdated;
}

function findAnotherOriginal(
  { name }: Pick<RollingServiceConfig, 'name'>,
  { release: { originalTaskDefinitionArn } }: Pick<RollOutInput, 'release'>,
  serving: ReturnType<typeof servingWorkload>,
): string | undefined {
  if (serving === undefined || serving.taskDefinitionArn === originalTaskDefinitionArn) {
    return undefined;
  }
  const running = revisionOf(serving.taskDefinitionArn);
  const original = revisionOf(originalTaskDefinitionArn);
  return `Production of "${name}" runs ${running} by now, no longer ${original}, which a failed release would be taken back to: the release is looked at anew`;
}
