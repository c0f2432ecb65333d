/** The folders under functions/ that are bundled; each has a handler.ts exporting `handler`. */
export const functionBundles = [
  'receive-image-push',
  'resolve-release',
  'preflight',
  'register-task-definition',
  'run-deployment',
  'roll-out',
  'lifecycle-hook',
  'observe-deployment',
  'observe-execution',
  'observe-task',
  'sweep',
  'verify-release',
] as const;

export type FunctionBundle = (typeof functionBundles)[number];
