import type { FunctionBundle } from './function-bundles.ts';

/**
 * Largest allowed size of each index.mjs in bytes, some 12 % above what it was when set. Bytes are cold start
 * time (ecosystem.md section 5): a bundle that outgrows its budget usually dragged in a package by accident.
 */
export const sizeBudgetBytes: Readonly<Record<FunctionBundle, number>> = {
  'receive-image-push': 430_000,
  'resolve-release': 550_000,
  'register-task-definition': 450_000,
  'run-deployment': 660_000,
  'lifecycle-hook': 910_000,
  'observe-deployment': 620_000,
  'verify-release': 560_000,
};
