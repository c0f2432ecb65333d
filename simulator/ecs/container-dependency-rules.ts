import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

/** Rules of `dependsOn` among a task definition's containers. Throws AwsError ClientException. */
export function checkDependencies(containers: readonly ContainerDefinition[]): void {
  const byName = new Map(containers.map((container) => [container.name ?? '', container]));
  for (const { dependsOn = [] } of containers) {
    for (const { containerName = '', condition } of dependsOn) {
      const other = byName.get(containerName);
      if (!other) {
        // The stray plus sign is AWS's (observed, dagster-io/dagster #6926).
        throw clientError(
          `Cannot depend on container + '${containerName}' because it does not exist`,
        );
      }
      const ends = condition === 'COMPLETE' || condition === 'SUCCESS';
      if (ends && other.essential !== false) {
        // Observed, boto/boto3 #2436.
        throw clientError(
          'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
        );
      }
      // Measured by badmintoncryer/cdk-preflight (rule pf-ecs-dependson-healthy-without-healthcheck).
      if (condition === 'HEALTHY' && !other.healthCheck) {
        throw clientError(
          'A dependency container with HEALTHY condition must have health check configured',
        );
      }
    }
  }
  const cyclic = containers.find(({ name = '' }) => reaches(byName, name, name, new Set()));
  if (cyclic) throw clientError(`Container '${cyclic.name}' has a circular dependency`);
}

function reaches(
  byName: ReadonlyMap<string, ContainerDefinition>,
  from: string,
  target: string,
  seen: Set<string>,
): boolean {
  return (byName.get(from)?.dependsOn ?? []).some(({ containerName = '' }) => {
    if (containerName === target) return true;
    if (seen.has(containerName)) return false;
    seen.add(containerName);
    return reaches(byName, containerName, target, seen);
  });
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
