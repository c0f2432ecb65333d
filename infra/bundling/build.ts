import { defaultBundleDirectory } from '../paths.ts';
import { readConfig } from '../read-config.ts';
import { reportAndExit } from '../report-and-exit.ts';
import { buildBundles } from './build-bundles.ts';
import { bundleTable } from './bundle-table.ts';

/** `npm run bundle`: builds every function and prints how much of its size budget it uses. */
try {
  const bundles = await buildBundles({
    config: readConfig(),
    outDirectory: defaultBundleDirectory,
  });
  console.log(bundleTable(bundles).join('\n'));
} catch (error) {
  reportAndExit(error);
}
