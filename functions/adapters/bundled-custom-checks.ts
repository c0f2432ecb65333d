import type { CustomCheck } from '../core/custom/custom-check.ts';
import { customCheckKey } from '../core/custom/custom-check-key.ts';
import { InvalidConfigError } from '../core/errors.ts';
import type { CustomChecks } from '../core/ports/custom-checks.ts';

const besideTheBundle = new URL('./custom-checks.mjs', import.meta.url);

/**
 * Users' checks out of the file that the build put beside the bundle; loaded when the first is needed, so a
 * hook without any does not pay for it.
 */
export function bundledCustomChecks(file: URL = besideTheBundle): CustomChecks {
  return {
    async load(name) {
      const checks = await importChecks(file);
      const check = Object.hasOwn(checks, customCheckKey(name))
        ? checks[customCheckKey(name)]
        : undefined;
      if (typeof check !== 'function') {
        throw new InvalidConfigError(
          `Cannot run check ${name}: ${file.pathname} holds ${Object.keys(checks).join(', ') || 'none'}; build and deploy the functions again`,
        );
      }
      return check;
    },
  };
}

async function importChecks(file: URL): Promise<Readonly<Record<string, CustomCheck>>> {
  try {
    // Not known to the bundler, which would otherwise look for it while it bundles the hook.
    return (await import(/* @vite-ignore */ file.href)).checks;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConfigError(`Cannot load the users' checks ${file.pathname}: ${message}`, {
      cause,
    });
  }
}
