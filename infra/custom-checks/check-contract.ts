import { join } from 'node:path';
import { repositoryRoot } from '../paths.ts';

/** What users' checks import, and the file that it is. */
export const checkContract = {
  specifier: 'greengate/check',
  file: join(repositoryRoot, 'functions/core/custom/custom-check.ts'),
} as const;
