import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { z } from 'zod';
import { buildFromDockerfile } from '../../oci/build-from-dockerfile.ts';
import { pushImage } from '../../oci/push-image.ts';
import { ControlRefusal, controlOperation } from '../control-operation.ts';
import type { WorldServer } from '../world-server.ts';

const template = z.strictObject({
  stackName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'a stack name is letters, digits and hyphens'),
  /** The template itself, or its text. */
  template: z.union([z.string(), z.record(z.string(), z.unknown())]),
  parameters: z.record(z.string(), z.string()).default({}),
});

const image = z.strictObject({
  repository: z.string().min(2),
  tag: z.string().min(1),
  architecture: z.enum(['amd64', 'arm64']).default('amd64'),
  /** Paths in the build context, `Dockerfile` among them, and their contents. */
  files: z
    .record(z.string(), z.string())
    .refine(
      (files) =>
        Object.keys(files).every((path) => /^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0]+$/.test(path)),
      'paths stay inside the build context',
    )
    .refine(
      (files) =>
        !Object.keys(files).some((path) => Object.keys(files).some((file) => isBelow(path, file))),
      'a path cannot be a file and a folder',
    ),
  buildArgs: z.record(z.string(), z.string()).default({}),
});

export const loadOperations = [
  controlOperation(
    'POST templates',
    'Creates a stack from a template, as --template does; a reset to `loaded` creates it again',
    {
      body: template,
      example: {
        stackName: 'queues',
        template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
      },
      holdsClock: false,
    },
    async ({ control, body }) => {
      await control.load((server) => loadTemplate(server, body));
      return { stackName: body.stackName };
    },
  ),
  controlOperation(
    'POST images',
    'Builds an image from the given files and pushes it, making the repository; a reset to `loaded` pushes it again',
    {
      body: image,
      example: {
        repository: 'team/shop',
        tag: 'v1',
        files: { Dockerfile: 'FROM node:20\nCOPY app.js .\nCMD ["node","app.js"]', 'app.js': '' },
      },
      holdsClock: false,
    },
    async ({ control, body }) => {
      let digest = '';
      await control.load(async (server) => {
        digest = await loadImage(server, body);
      });
      return { digest };
    },
  ),
];

/** Whether a path lies in a folder, whichever way the two are spelt. */
function isBelow(path: string, folder: string): boolean {
  return normalize(path).startsWith(`${normalize(folder)}/`);
}

async function loadTemplate(
  { loader, world }: WorldServer,
  { stackName, template: given, parameters }: z.output<typeof template>,
): Promise<void> {
  const folder = await mkdtemp(join(world.directory, 'template-'));
  try {
    const file = join(folder, `${stackName}.json`);
    await writeFile(file, typeof given === 'string' ? given : JSON.stringify(given));
    await loader.deployTemplateFile(file, {
      stackName,
      parameters: { [stackName]: parameters },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function loadImage(
  { world, models }: WorldServer,
  { repository, tag, architecture, files, buildArgs }: z.output<typeof image>,
): Promise<string> {
  if (files.Dockerfile === undefined) {
    throw new ControlRefusal('Member "files" of the body: there is no Dockerfile among them');
  }
  const folder = await mkdtemp(join(world.directory, 'build-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const built = await buildFromDockerfile({
      directory: folder,
      buildArgs,
      platform: { os: 'linux', architecture },
    });
    models.ecr.ensureRepository(repository);
    await pushImage({ registry: world.ownEndpoint(), repository, tag, image: built });
    return built.digest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
