import type { FunctionBundle } from './function-bundles.ts';

/**
 * Largest allowed size of each index.mjs in bytes, some 12 % above what it was when set. Bytes are cold start
 * time (ecosystem.md section 5): a bundle that outgrows its budget usually dragged in a package by accident.
 */
export const sizeBudgetBytes: Readonly<Record<FunctionBundle, number>> = {
  'receive-image-push': 430_000,
  'resolve-release': 550_000,
  // EC2 describes all of its shapes in one module of 560 kB, whichever of them are used; one cold start a release.
  preflight: 1_600_000,
  'register-task-definition': 450_000,
  'run-deployment': 660_000,
  'lifecycle-hook': 910_000,
  'observe-deployment': 620_000,
  'verify-release': 560_000,
};
