import { reportAndExit } from '../report-and-exit.ts';
import { buildPackage } from './build-package.ts';

/** What `npm pack` runs before it packs. */
try {
  await buildPackage();
} catch (error) {
  reportAndExit(error);
}
