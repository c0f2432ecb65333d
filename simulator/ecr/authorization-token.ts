import type { AuthorizationData } from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';

/** ECR's tokens are valid for 12 hours. */
const validForMs = 12 * 3_600_000;

/**
 * Credentials for `docker login --username AWS`. The registry on loopback accepts them and asks for none;
 * `proxyEndpoint` is where it really listens, not the AWS host name.
 */
export function authorizationData(
  world: World,
  registryIds: readonly string[] = [],
): AuthorizationData[] {
  const ids = registryIds.length > 0 ? registryIds : [world.identity.accountId];
  return ids.map((registryId) => ({
    authorizationToken: Buffer.from(`AWS:simulated-${registryId}-${world.ids.hex(32)}`).toString(
      'base64',
    ),
    expiresAt: new Date(world.clock.now() + validForMs),
    proxyEndpoint: world.endpoint(),
  }));
}
