import type { FunctionBundle } from './function-bundles.ts';

/**
 * Largest allowed size of each index.mjs in bytes, some 15 % above what it is today. Bytes are cold start
 * time (ecosystem.md section 5): a bundle that outgrows its budget usually dragged in a package by accident.
 */
export const sizeBudgetBytes: Readonly<Record<FunctionBundle, number>> = {
  'receive-image-push': 300_000,
  'resolve-release': 300_000,
  'register-task-definition': 300_000,
  'run-deployment': 400_000,
  'lifecycle-hook': 450_000,
  'observe-deployment': 450_000,
  'verify-release': 350_000,
};
