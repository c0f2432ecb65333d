import type { AuthorizationData } from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import type { Caller } from '../wire/operation.ts';
import type { RegistryCredentials } from './registry-credentials.ts';

/** ECR's tokens are valid for 12 hours. */
const validForMs = 12 * 3_600_000;

/**
 * Credentials for `docker login --username AWS`, who then acts as the caller (ECR user guide, "Private registry authentication"). The registry on loopback asks for them only with the setting
 * `requireRegistryCredentials`; `proxyEndpoint` is where it really listens, not the AWS host name.
 */
export function authorizationData(
  world: World,
  credentials: RegistryCredentials,
  registryIds: readonly string[],
  caller: Caller,
): AuthorizationData[] {
  const ids = registryIds.length > 0 ? registryIds : [world.identity.accountId];
  const expiresAtMs = world.clock.now() + validForMs;
  return ids.map((registryId) => {
    const password = `simulated-${registryId}-${world.ids.hex(32)}`;
    credentials.remember(password, { expiresAtMs, caller });
    return {
      authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
      expiresAt: new Date(expiresAtMs),
      proxyEndpoint: world.endpoint(),
    };
  });
}
