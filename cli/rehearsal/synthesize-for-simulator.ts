import { join } from 'node:path';
import type { Config } from '../../functions/core/config/schema.ts';
import type { SampleShift } from '../../infra/traffic-shift.ts';

/**
 * The cloud assembly that `cdk deploy` would take, bundles included, in a folder of this run's own.
 * cdk-nag is left to `npm run synth` and the tests: it judges the templates and changes nothing in them.
 */
export async function synthesizeForSimulator(
  config: Config,
  directory: string,
  /** Users' checks lie relative to it; default greengate.yaml. */
  configFile?: string,
  /** Folder with the Dockerfile of the sample's first image; default the shop's. */
  workloadDirectory?: string,
  /** How the sample's deployment group shifts traffic; default as the sample has it. */
  shift?: SampleShift,
): Promise<string> {
  // Loaded only here: the CDK takes a second that a mistyped option should not cost.
  const { buildBundles } = await import('../../infra/bundling/build-bundles.ts');
  const { buildApp } = await import('../../infra/synthesize.ts');
  const bundleDirectory = join(directory, 'functions');
  await buildBundles({ config, outDirectory: bundleDirectory, ...(configFile && { configFile }) });
  const assembly = buildApp({
    config,
    bundleDirectory,
    outDirectory: join(directory, 'assembly'),
    ...(workloadDirectory && { workloadDirectory }),
    ...(shift && { shift }),
  }).synth();
  return assembly.directory;
}
