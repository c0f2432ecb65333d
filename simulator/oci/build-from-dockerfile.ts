import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildContext } from './dockerfile/build-context.ts';
import { DockerfileError } from './dockerfile/dockerfile-error.ts';
import { DockerfileInterpreter } from './dockerfile/interpret-dockerfile.ts';
import { parseDockerfile } from './dockerfile/parse-dockerfile.ts';
import { assembleImage, type OciImage } from './image.ts';
import type { ImagePlatform } from './image-config.ts';

export interface DockerfileBuild {
  /** The build context. */
  readonly directory: string;
  /** Name inside the directory; default `Dockerfile`. */
  readonly dockerfile?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platform: ImagePlatform;
  /** Default true, as with buildx: the tag will name an index with an attestation (aws-facts 1.2). */
  readonly attestation?: boolean;
}

/**
 * Builds an OCI image from a subset of the Dockerfile language, without Docker and without the network:
 * FROM a node image, ARG, ENV, LABEL, WORKDIR, COPY, EXPOSE, USER, CMD and ENTRYPOINT in exec form. The
 * base image's layers and its entrypoint are *not* part of the result (see base-image.ts). Equal inputs
 * give equal digests. Throws DockerfileError with the line of whatever else it finds.
 */
export async function buildFromDockerfile(build: DockerfileBuild): Promise<OciImage> {
  const { directory, dockerfile = 'Dockerfile', buildArgs = {}, platform } = build;
  const context = new BuildContext(directory);
  const interpreter = new DockerfileInterpreter({ context, buildArgs, platform });
  for (const instruction of parseDockerfile(readFileSync(join(directory, dockerfile), 'utf8'))) {
    await interpreter.run(instruction);
  }
  const { baseImage, settings, history } = interpreter;
  if (baseImage === undefined) throw new DockerfileError(1, 'there is no FROM');
  interpreter.checkBuildArgs();
  return assembleImage({
    platform,
    settings,
    history,
    annotations: { 'org.opencontainers.image.base.name': baseImage },
    attestation: build.attestation ?? true,
  });
}
