import type { CustomCheck } from '../custom/custom-check.ts';

/** The users' own checks that the build bundled with the hook. */
export interface CustomChecks {
  /** The check of a file as configured. Throws InvalidConfigError when the bundle has none of that name. */
  load(file: string): Promise<CustomCheck>;
}
