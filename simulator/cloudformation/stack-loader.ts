import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type CloudAssemblyView, type DockerAsset, readCloudAssembly } from './cloud-assembly.ts';
import { createStack } from './create-stack.ts';
import type { CloudFormationModel, Stack } from './model.ts';
import { type PlannedStack, planStack, type StackSource } from './plan-stack.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { TemplateRefusedError } from './template-refused-error.ts';
import { updateStack } from './update-stack.ts';

export interface StackLoaderOptions {
  readonly model: CloudFormationModel;
  readonly providers: ResourceProviders;
  /** Builds an image and pushes it to `repositoryName:imageTag`, as `cdk deploy` would with Docker. */
  readonly buildDockerAsset?: (asset: DockerAsset) => Promise<void>;
  /** Parameters of Systems Manager by path; default what `cdk bootstrap` leaves. */
  readonly ssmParameters?: Readonly<Record<string, string>>;
}

export interface DeployOptions {
  /** By stack name, then by parameter name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Version that a fresh `cdk bootstrap` records; synthesized templates ask for 6 or newer. */
export const bootstrapParameters = { '/cdk-bootstrap/hnb659fds/version': '30' };

/** Creates or updates what CloudFormation templates declare, after all of them were checked as a whole. */
export class StackLoader {
  readonly #options: StackLoaderOptions;

  constructor(options: StackLoaderOptions) {
    this.#options = options;
  }

  /**
   * Deploys every stack of a cloud assembly in dependency order. Throws TemplateRefusedError before anything
   * is published or created, StackCreationError when a resource fails; a failed update was rolled back then.
   */
  async deployAssembly(directory: string, options: DeployOptions = {}): Promise<Stack[]> {
    const assembly = readCloudAssembly(directory);
    const planned = this.#plan(
      assembly.stacks.map(({ stackName, templateFile }) => ({
        stackName,
        templateBody: readFileSync(templateFile, 'utf8'),
      })),
      options,
    );
    this.#refuseUnbuildable(assembly);
    this.#publishFiles(assembly);
    await this.#buildImages(assembly);
    return this.#deploy(planned);
  }

  /** Deploys one template file; the stack is named after the file unless `stackName` says otherwise. */
  async deployTemplateFile(
    path: string,
    options: DeployOptions & { readonly stackName?: string } = {},
  ): Promise<Stack> {
    const stackName =
      options.stackName ?? basename(path).replace(/(\.template)?\.(json|ya?ml)$/, '');
    const templateBody = readTemplate(path);
    const [stack] = await this.#deploy(this.#plan([{ stackName, templateBody }], options));
    if (!stack) throw new Error(`No stack came of ${path}`);
    return stack;
  }

  #plan(sources: readonly StackSource[], { parameters = {} }: DeployOptions): PlannedStack[] {
    const { model, providers, ssmParameters = bootstrapParameters } = this.#options;
    const problems: string[] = [];
    const planned: PlannedStack[] = [];
    for (const source of sources) {
      const given = parameters[source.stackName] ?? {};
      try {
        const existing = model.living(source.stackName);
        const pendingExports =
          problems.length > 0 ? 'any' : new Set(planned.flatMap(({ exportNames }) => exportNames));
        const parameterSources = { given, ssm: ssmParameters };
        planned.push(
          planStack(
            model,
            providers,
            { ...source, ...(existing && { existing }) },
            parameterSources,
            pendingExports,
          ),
        );
      } catch (error) {
        if (!(error instanceof TemplateRefusedError)) throw error;
        problems.push(...error.problems);
      }
    }
    if (problems.length > 0) throw new TemplateRefusedError(problems);
    return planned;
  }

  async #deploy(planned: readonly PlannedStack[]): Promise<Stack[]> {
    const { model, providers } = this.#options;
    const stacks: Stack[] = [];
    for (const each of planned) {
      const existing = model.living(each.stackName);
      stacks.push(
        existing
          ? await updateStack(model, providers, existing, each)
          : await createStack(model, providers, each),
      );
    }
    return stacks;
  }

  #publishFiles({ files }: CloudAssemblyView): void {
    const { assets } = this.#options.model.world;
    for (const { bucketName, objectKey, path } of files) {
      assets.publish(this.#fill(bucketName), this.#fill(objectKey), path);
    }
  }

  #refuseUnbuildable({ dockerImages }: CloudAssemblyView): void {
    if (this.#options.buildDockerAsset) return;
    if (dockerImages.length === 0) return;
    throw new TemplateRefusedError(
      dockerImages.map(
        ({ directory }) => `Docker image asset ${directory}: no image builder was given`,
      ),
    );
  }

  async #buildImages({ dockerImages }: CloudAssemblyView): Promise<void> {
    const { model, buildDockerAsset } = this.#options;
    for (const asset of dockerImages) {
      const repositoryName = this.#fill(asset.repositoryName);
      await model.world.clock.during(`image asset ${asset.imageTag}`, async () =>
        buildDockerAsset?.({ ...asset, repositoryName, imageTag: this.#fill(asset.imageTag) }),
      );
    }
  }

  /** Environment-agnostic assemblies leave account, Region and partition open. */
  #fill(text: string): string {
    const { accountId, region } = this.#options.model.world.identity;
    return text
      .replaceAll('${AWS::AccountId}', accountId)
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::Partition}', 'aws');
  }
}

function readTemplate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    throw new TemplateRefusedError([
      `Cannot read ${path}: ${reason}; name a template file in JSON or YAML`,
    ]);
  }
}
