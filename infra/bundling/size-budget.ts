import type { FunctionBundle } from './function-bundles.ts';

/**
 * Largest allowed size of each index.mjs in bytes, some 12 % above what it was when set. Bytes are cold start
 * time (ecosystem.md section 5): a bundle that outgrows its budget usually dragged in a package by accident.
 */
export const sizeBudgetBytes: Readonly<Record<FunctionBundle, number>> = {
  'receive-image-push': 365_000,
  'resolve-release': 640_000,
  preflight: 885_000,
  'register-task-definition': 390_000,
  'run-deployment': 690_000,
  'roll-out': 1_000_000,
  'lifecycle-hook': 845_000,
  'observe-deployment': 570_000,
  'observe-execution': 660_000,
  'observe-task': 560_000,
  sweep: 720_000,
  'verify-release': 495_000,
};

/** For bundles that are not this repository's to watch. */
export const withoutBudget = Object.fromEntries(
  Object.keys(sizeBudgetBytes).map((name) => [name, Number.POSITIVE_INFINITY]),
) as Readonly<Record<FunctionBundle, number>>;
