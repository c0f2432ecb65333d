import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { buildFromDockerfile } from '../simulator/oci/build-from-dockerfile.ts';
import { pushImage } from '../simulator/oci/push-image.ts';
import { parseImageName, parsePlatform } from './push/read-arguments.ts';
import { checkWritable } from './terminal/check-writable.ts';
import { exitCodes, runCommand, UsageError } from './terminal/run-command.ts';

interface Flags {
  readonly platform: string;
  readonly buildArg: readonly string[];
  readonly metadataFile?: string;
}

const command = new Command('push')
  .description('Build a Dockerfile for a rehearsal and push it to the simulator, without Docker')
  .argument('<image>', 'registry/repository:tag, e.g. 127.0.0.1:4566/team/shop:v2')
  .argument('[folder]', 'folder of the Dockerfile', '.')
  .option('--platform <os/architecture>', 'linux/amd64 or linux/arm64', 'linux/amd64')
  .option('--build-arg <name=value>', 'may be repeated', collect, [])
  .option('--metadata-file <file>', 'write the digest as docker buildx build does')
  .addHelpText(
    'after',
    `
It knows FROM a Node.js image, ARG, ENV, LABEL, WORKDIR, COPY, EXPOSE, USER, CMD and ENTRYPOINT, copies no layer of the base
image, and so makes images that the simulator runs and nothing else does. Equal files give equal digests. For everything
else push with any OCI tool. GREENGATE_REGISTRY_PASSWORD is what aws ecr get-login-password printed; without it the push is
that of the account's administrator.

  npm run push -- 127.0.0.1:4566/team/shop:v2 simulator/workloads/shop --build-arg VERSION=v2

Exit codes: 0 pushed, 1 it could not be built or pushed`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage))
  .action((image: string, folder: string, flags: Flags) =>
    runCommand(() => push(image, folder, flags)),
  );

async function push(name: string, folder: string, flags: Flags): Promise<number> {
  const { registry, repository, tag } = parseImageName(name);
  if (!existsSync(join(folder, 'Dockerfile'))) {
    throw new UsageError(`${folder} has no Dockerfile; name the folder that has it`);
  }
  // An image that is pushed without its digest being told would have to be pushed again.
  if (flags.metadataFile !== undefined) checkWritable(flags.metadataFile, 'the metadata');
  const image = await buildFromDockerfile({
    directory: folder,
    buildArgs: Object.fromEntries(flags.buildArg.map(parseBuildArg)),
    platform: parsePlatform(flags.platform),
  }).catch(asUsage);
  const password = process.env.GREENGATE_REGISTRY_PASSWORD;
  await pushImage({
    ...{ registry: `http://${registry}`, repository, tag, image },
    ...(password && { credentials: { user: 'AWS', password } }),
  }).catch(asUsage);
  if (flags.metadataFile !== undefined) {
    const metadata = { 'containerimage.digest': image.digest, 'image.name': name };
    writeFileSync(flags.metadataFile, `${JSON.stringify(metadata, undefined, 2)}\n`);
  }
  process.stdout.write(`${repository}:${tag} ${image.digest}\n`);
  return exitCodes.ok;
}

function parseBuildArg(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--build-arg takes NAME=VALUE, got "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/** What is wrong with a Dockerfile, or with the registry, is for the person to mend. */
function asUsage(error: unknown): never {
  throw new UsageError(error instanceof Error ? error.message : String(error));
}

await command.parseAsync();
