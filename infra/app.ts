import { buildBundles } from './bundling/build-bundles.ts';
import { defaultAssemblyDirectory, defaultBundleDirectory } from './paths.ts';
import { readConfig } from './read-config.ts';
import { reportAndExit } from './report-and-exit.ts';
import { synthesizeApp } from './synthesize.ts';

/** What `cdk` runs (cdk.json): read the configuration, build the bundles, synthesize. */
try {
  const config = readConfig();
  await buildBundles({ config, outDirectory: defaultBundleDirectory });
  synthesizeApp({
    config,
    bundleDirectory: defaultBundleDirectory,
    // The CDK command line names its own folder.
    outDirectory: process.env.CDK_OUTDIR ?? defaultAssemblyDirectory,
  });
} catch (error) {
  reportAndExit(error);
}
