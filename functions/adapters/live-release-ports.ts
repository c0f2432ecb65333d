import type { ReleasePorts } from '../core/preflight/release/release-facts.ts';
import { ecrClient, ecrImageRegistry } from './ecr-image-registry.ts';
import { ecrImageScans } from './ecr-image-scans.ts';
import { ecsClient, ecsServices } from './ecs-services.ts';
import { ecsTaskDefinitions } from './ecs-task-definitions.ts';
import { iamClient, iamRoles } from './iam-roles.ts';
import { secretCatalogue } from './secret-catalogue.ts';
import { secretsManagerClient, ssmClient } from './secrets.ts';
import { systemClock } from './system-clock.ts';

/** The adapters behind the release half of preflight. */
export function liveReleasePorts(signal: AbortSignal): ReleasePorts {
  return {
    images: ecrImageRegistry(ecrClient(), signal),
    imageScans: ecrImageScans(ecrClient(), signal),
    services: ecsServices(ecsClient(), signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
    roles: iamRoles(iamClient(), signal),
    secretCatalogue: secretCatalogue(secretsManagerClient(), ssmClient(), signal),
    clock: systemClock,
  };
}
