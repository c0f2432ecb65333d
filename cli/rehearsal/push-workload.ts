import { fileURLToPath } from 'node:url';
import { buildFromDockerfile } from '../../simulator/oci/build-from-dockerfile.ts';
import { pushImage } from '../../simulator/oci/push-image.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { PushedImage } from './release-act.ts';

const shopDirectory = fileURLToPath(new URL('../../simulator/workloads/shop', import.meta.url));

/**
 * Builds the sample service with its build arguments, as `docker buildx build` would (an index with one
 * image and an attestation), and pushes it through the registry's HTTP API.
 */
export async function pushWorkload(
  simulator: Simulator,
  repository: string,
  tag: string,
  buildArgs: Readonly<Record<string, string>>,
  workload: { readonly directory?: string; readonly architecture?: 'amd64' | 'arm64' } = {},
): Promise<PushedImage & { readonly platformDigest: string }> {
  const image = await buildFromDockerfile({
    directory: workload.directory ?? shopDirectory,
    buildArgs: { VERSION: tag, ...buildArgs },
    platform: { os: 'linux', architecture: workload.architecture ?? 'amd64' },
    attestation: true,
  });
  await pushImage({ registry: `http://${simulator.registry}`, repository, tag, image });
  return { tag, digest: image.digest, platformDigest: image.platformDigest };
}
