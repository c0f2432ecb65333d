import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AssemblyRefusedError } from './assembly-refused-error.ts';
import { dependencyOrder } from './dependency-order.ts';

const manifestSchema = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        dependencies: z.array(z.string()).default([]),
        properties: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default({}),
});

const assetManifestSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string(), packaging: z.enum(['file', 'zip']).default('file') }),
        destinations: z.record(
          z.string(),
          z.object({ bucketName: z.string(), objectKey: z.string() }),
        ),
      }),
    )
    .default({}),
  dockerImages: z
    .record(
      z.string(),
      z.object({
        source: z.object({
          directory: z.string(),
          dockerFile: z.string().default('Dockerfile'),
          dockerBuildArgs: z.record(z.string(), z.string()).default({}),
          platform: z.string().optional(),
        }),
        destinations: z.record(
          z.string(),
          z.object({ repositoryName: z.string(), imageTag: z.string() }),
        ),
      }),
    )
    .default({}),
});

export interface AssemblyStack {
  readonly stackName: string;
  readonly templateFile: string;
}

export interface FileAsset {
  readonly path: string;
  /** With the placeholders of the CDK, e.g. `${AWS::AccountId}`. */
  readonly bucketName: string;
  readonly objectKey: string;
}

export interface DockerAsset {
  readonly directory: string;
  readonly dockerFile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly platform: string | undefined;
  readonly repositoryName: string;
  readonly imageTag: string;
}

/** What `cdk synth` wrote: stacks in dependency order and the assets they need. */
export interface CloudAssemblyView {
  readonly stacks: readonly AssemblyStack[];
  readonly files: readonly FileAsset[];
  readonly dockerImages: readonly DockerAsset[];
}

/** Reads a cloud assembly. Throws AssemblyRefusedError that names the file which is missing or malformed. */
export function readCloudAssembly(directory: string): CloudAssemblyView {
  const { artifacts } = read(join(directory, 'manifest.json'), manifestSchema);
  const nested = Object.entries(artifacts).find(([, { type }]) => type === 'cdk:cloud-assembly');
  if (nested)
    throw new AssemblyRefusedError(
      `Cannot load ${directory}: nested assembly "${nested[0]}" is not modelled`,
    );
  const order = dependencyOrder(
    new Map(Object.entries(artifacts).map(([id, each]) => [id, new Set(each.dependencies)])),
  );
  const inOrder = order.flatMap((id) => {
    const artifact = artifacts[id];
    return artifact ? [{ id, ...artifact }] : [];
  });
  const assets = inOrder
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .map(({ properties }) => read(join(directory, String(properties.file)), assetManifestSchema));
  return {
    stacks: inOrder
      .filter(({ type }) => type === 'aws:cloudformation:stack')
      .map(({ id, properties }) => ({
        stackName: String(properties.stackName ?? id),
        templateFile: join(directory, String(properties.templateFile)),
      })),
    files: assets.flatMap(({ files }) =>
      Object.values(files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map((destination) => ({
          path: resolve(directory, source.path),
          ...destination,
        })),
      ),
    ),
    dockerImages: assets.flatMap(({ dockerImages }) =>
      Object.values(dockerImages).flatMap(({ source, destinations }) =>
        Object.values(destinations).map((destination) => ({
          directory: resolve(directory, source.directory),
          dockerFile: source.dockerFile,
          buildArgs: source.dockerBuildArgs,
          platform: source.platform,
          ...destination,
        })),
      ),
    ),
  };
}

function read<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new AssemblyRefusedError(
      `Cannot read ${path} of the cloud assembly: ${reasonOf(error)}; name the folder that cdk synth wrote, such as cdk.out`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return missing ? 'there is no such file' : String(error);
}
